"""What officials and administrators type."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, RadioField
from wtforms.validators import Email, EqualTo, InputRequired, Length, Optional, Regexp

from ..units.fields import Choice, Day, Line, options, tidy
from ..words import ROLES, named


class SignInForm(FlaskForm):
    """The door."""

    account = Line(_l("Tài khoản"), _l("Chưa ghi tài khoản."), 120)
    password = PasswordField(_l("Mật khẩu"), [InputRequired(_l("Chưa ghi mật khẩu."))])


class CodeForm(FlaskForm):
    """The second page of the door: the telephone's code, or one from the paper."""

    code = Line(_l("Mã sáu số"), _l("Chưa ghi mã."), 60)


class EnrolForm(FlaskForm):
    """The telephone shows that it makes the right codes."""

    password = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(_l("Chưa ghi mật khẩu đang dùng."))])
    code = Line(_l("Mã sáu số đang hiện trên điện thoại"), _l("Chưa ghi mã."), 60)


class FactorForm(FlaskForm):
    """Password and code again, before the second factor itself is touched."""

    password = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(_l("Chưa ghi mật khẩu đang dùng."))])
    code = Line(
        _l("Mã sáu số, hoặc một mã dự phòng"), _l("Chưa ghi mã."), 60,
        description=_l("Mất điện thoại thì dùng một mã dự phòng."),
    )  # fmt: skip


class ForgottenForm(FlaskForm):
    """Who forgot the password."""

    who = Line(_l("Tài khoản hoặc thư điện tử công vụ"), _l("Chưa ghi tài khoản hoặc thư điện tử."), 200)


def _new() -> PasswordField:
    return PasswordField(
        _l("Mật khẩu mới"),
        [InputRequired(_l("Chưa ghi mật khẩu mới."))],
        description=_l("Ít nhất 15 ký tự. Một câu riêng của mình là tốt nhất, dấu cách và chữ có dấu đều được."),
    )


def _again() -> PasswordField:
    return PasswordField(_l("Ghi lại mật khẩu mới"), [EqualTo("new", _l("Hai lần ghi mật khẩu mới chưa giống nhau."))])


class NewPasswordForm(FlaskForm):
    """A new password, twice."""

    new = _new()
    again = _again()


class PasswordForm(FlaskForm):
    """A new password of one's own."""

    current = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(_l("Chưa ghi mật khẩu đang dùng."))])
    new = _new()
    again = _again()


class PreferencesForm(FlaskForm):
    """How the pages speak and whether single keys work."""

    language = RadioField(_l("Ngôn ngữ khi đăng nhập"), choices=options([("vi", "Tiếng Việt"), ("en", "English")]))
    has_keys = BooleanField(
        _l("Dùng phím tắt một chữ cái"),
        description=_l("J, K đi giữa các việc, G giao việc, H hỏi thêm. Tắt đi nếu điều khiển máy bằng giọng nói."),
    )


class FactsForm(FlaskForm):
    """Who an official is."""

    name = Line(_l("Họ và tên"), _l("Chưa ghi họ và tên."), 120)
    title = Line(_l("Chức danh"), longest=120)
    email = EmailField(
        _l("Thư điện tử công vụ"),
        [
            Optional(),
            Length(max=200, message=_l("Dài quá %(n)s ký tự, rút ngắn lại.", n=200)),
            Email(_l("Địa chỉ thư điện tử chưa đúng. Ví dụ: ten@caobang.gov.vn.")),
        ],
        filters=[tidy],
    )


class PostForm(FlaskForm):
    """A role at a unit, from today on."""

    unit = Choice(_l("Đơn vị"), _l("Chọn đơn vị."))
    role = Choice(
        _l("Vai trò"),
        _l("Chọn vai trò."),
        choices=[("", _l("Chọn vai trò")), *((str(code), word) for code, word in ROLES.items())],
    )

    def offer(self, units: list[Any]) -> Any:
        """Let the form choose among these units."""
        self.unit.offer(("", _l("Chọn đơn vị")), *((unit.code, named(unit, True)) for unit in units))
        return self


class NewOfficialForm(FactsForm, PostForm):
    """A new official with the first post."""

    account = Line(
        _l("Tài khoản"),
        _l("Chưa ghi tài khoản."),
        120,
        (
            Length(3, message=_l("Tài khoản có ít nhất 3 ký tự.")),
            Regexp(r"^[A-Za-z0-9][A-Za-z0-9._@-]*$",
                   message=_l("Tài khoản chỉ gồm chữ không dấu, số và các dấu . _ - @")),
        ),
        description=_l("Chữ không dấu, ví dụ sen.nongthi hoặc địa chỉ thư công vụ. Về sau không đổi được."),
    )  # fmt: skip


class DeputyForm(FlaskForm):
    """Who stands in for the head, from day to day."""

    deputy = Choice(_l("Người ký thay"), _l("Chọn người ký thay."))
    from_on = Day(_l("Từ ngày"), _l("Chưa ghi ngày bắt đầu."))
    to_on = Day(_l("Đến hết ngày"), _l("Chưa ghi ngày kết thúc."))
    document = Line(_l("Văn bản ủy quyền"), description=_l("Số và ngày của văn bản, nếu có."))
