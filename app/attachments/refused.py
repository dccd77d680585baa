"""Why a file is not taken: each refusal says what is wrong with it and what to do instead.

The sentences stand beside the field; the rest of the form stays as it was.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

from ..refusals import Refusal


class FileRefused(Refusal):
    """A file cannot be taken. `kind` is for programs, `message` (lazy, translated when shown) for people."""

    status = 422
    kind = "refused"

    def __init__(self, message: Any) -> None:
        """Keep the sentence for the page."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """The sentence in the reader's language."""
        return str(self.message)


class WrongType(FileRefused):
    """The content is not of a type we take, whatever the name says."""

    kind = "wrong_type"

    def __init__(self, name: str, seen: str | None, family: str = "other") -> None:
        """`seen` is the type found in the bytes (`MOV`), None when nothing is recognised."""
        if seen is None:
            sentence = _l('"%(name)s" không rõ là loại tệp gì. Chọn tệp JPEG, PNG, WebP, PDF hoặc MP4.', name=name)
        elif family == "video":
            sentence = _l('"%(name)s" là tệp %(seen)s. Chọn tệp MP4, hoặc gửi ảnh chụp thay.', name=name, seen=seen)
        elif family == "codec":
            sentence = _l(
                '"%(name)s" ghi bằng bộ nén %(seen)s. Quay lại bằng H.264, hoặc gửi ảnh chụp thay.',
                name=name,
                seen=seen,
            )
        elif family == "image":
            sentence = _l('"%(name)s" là tệp %(seen)s. Chọn ảnh JPEG, PNG hoặc WebP.', name=name, seen=seen)
        elif family == "paper":
            sentence = _l(
                '"%(name)s" là tệp %(seen)s. Lưu thành PDF rồi chọn lại, hoặc gửi ảnh chụp.', name=name, seen=seen
            )
        else:
            sentence = _l('"%(name)s" là tệp %(seen)s. Chọn tệp JPEG, PNG, WebP, PDF hoặc MP4.', name=name, seen=seen)
        super().__init__(sentence)
        self.seen = seen


class TooBig(FileRefused):
    """More bytes than one file may have."""

    status = 413
    kind = "too_big"

    def __init__(self, name: str, limit_bytes: int) -> None:
        """The limit is told in MB, as phones show it."""
        limit = limit_bytes // (1024 * 1024)
        super().__init__(
            _l('"%(name)s" nặng hơn %(limit)s MB. Gửi ảnh nhỏ hơn hoặc đoạn phim ngắn hơn.', name=name, limit=limit)
        )


class TooManyPixels(FileRefused):
    """A picture so wide that opening it would starve the server, however few bytes it has."""

    kind = "too_big"

    def __init__(self, name: str, limit_pixels: int) -> None:
        """The limit is told in millions of pixels, as cameras show it."""
        limit = limit_pixels // 1_000_000
        super().__init__(
            _l(
                'Ảnh "%(name)s" lớn hơn %(limit)s triệu điểm ảnh. Thu nhỏ ảnh, hoặc chụp màn hình rồi gửi ảnh đó.',
                name=name, limit=limit,
            )
        )  # fmt: skip


class TooMany(FileRefused):
    """More files than one sending may have."""

    status = 413
    kind = "too_many"

    def __init__(self, count: int, limit: int) -> None:
        """Tell how many came and how many may."""
        super().__init__(
            _l("Có %(count)s tệp, nhiều nhất là %(limit)s. Bớt lại những tệp cần nhất.", count=count, limit=limit)
        )


class CaseFull(FileRefused):
    """The case has as many files as it takes from its resident over all messages."""

    status = 413
    kind = "case_full"

    def __init__(self) -> None:
        """Words are still taken, and so is a visit."""
        super().__init__(
            _l("Việc này đã có quá nhiều tệp nên không nhận thêm. Gửi phần chữ, hoặc mang giấy tờ đến đơn vị.")
        )


class TooOften(FileRefused):
    """More files from one network in an hour than a household sends."""

    status = 429
    kind = "too_often"

    def __init__(self, minutes: int) -> None:
        """When it may go on; the words may go at once."""
        super().__init__(
            _l("Mạng này vừa gửi nhiều tệp. Đợi %(n)s phút rồi gửi tệp tiếp; phần chữ gửi được ngay.", n=minutes)
        )


class Broken(FileRefused):
    """The type is right but the content cannot be read to its end."""

    kind = "broken"

    def __init__(self, name: str) -> None:
        """A broken file is most often one cut off on the way."""
        super().__init__(
            _l('Không đọc được "%(name)s", có thể tệp bị hỏng hoặc tải thiếu. Gửi lại tệp gốc, hoặc gửi ảnh chụp thay.',
               name=name)
        )  # fmt: skip


class Empty(FileRefused):
    """A file without a single byte."""

    kind = "empty"

    def __init__(self, name: str) -> None:
        """Nothing in it, so nothing to keep."""
        super().__init__(_l('"%(name)s" là tệp rỗng. Mở thử tệp trên máy rồi chọn lại.', name=name))


class Encrypted(FileRefused):
    """A PDF behind a lock: nobody here could look into it, nor take out what must not be kept."""

    kind = "encrypted"

    def __init__(self, name: str) -> None:
        """The way out is the same file without its lock."""
        super().__init__(_l('"%(name)s" đang bị khóa. Bỏ mật khẩu rồi gửi lại, hoặc gửi ảnh chụp thay.', name=name))


class Busy(FileRefused):
    """Too many files are being cleaned at this moment; the same file may be sent again."""

    kind = "busy"

    def __init__(self, name: str) -> None:
        """Not the file's fault."""
        super().__init__(_l('Máy chủ đang bận nên chưa nhận "%(name)s". Gửi lại tệp này sau 1 phút.', name=name))


class NoRoom(FileRefused):
    """The disk is nearly full: files stop first, so that words can still be taken (space.standing)."""

    status = 507
    kind = "no_room"

    def __init__(self, name: str) -> None:
        """Not the file's fault either; the words can go without it."""
        super().__init__(
            _l('Máy chủ tạm hết chỗ nên chưa nhận "%(name)s". Gửi phần chữ trước, tệp bổ sung sau.', name=name)
        )


class Infected(FileRefused):
    """The virus scanner knows what is in it."""

    kind = "infected"

    def __init__(self, name: str) -> None:
        """Their own device may be ill too."""
        super().__init__(
            _l('"%(name)s" có vi-rút nên không được nhận. Quét vi-rút trên máy, rồi gửi tệp khác hoặc ảnh chụp.',
               name=name)
        )  # fmt: skip


class NotScanned(FileRefused):
    """The virus scanner does not look at files of this size, or not inside this one; that is not the same as clean."""

    kind = "not_scanned"

    def __init__(self, name: str) -> None:
        """The way out is a smaller or simpler file."""
        super().__init__(
            _l('"%(name)s" quá lớn hoặc bị khóa nên không quét vi-rút được. Gửi tệp nhỏ hơn, hoặc gửi ảnh chụp thay.',
               name=name)
        )  # fmt: skip
