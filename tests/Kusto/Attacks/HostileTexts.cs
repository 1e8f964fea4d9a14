using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.KustoTests.Attacks;

/// <summary>Texts that try to be more than a value: each ends a literal, a line, a statement or a comment somewhere.</summary>
internal static class HostileTexts
{
    /// <summary>Everything at once, without wildcards and slashes.</summary>
    public const string Worst = "x\" or true | take 1;\r\n' @\"h\"\\\\u0022\u2028\u202e\0~<#>\ud83d\ude00é";

    /// <summary>One by one.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "\"", "'", "\"\"", "''", "\\", "\\\"", "\\\\\"", "\\'", "x\\",
        "\" or true or \"", "' or true or '", "x\" | project TenantId //", "x\"); NTAIpDetails | take 10 //", "x\"\n| take 1\n//",
        "x\r\n.drop table NTANetAnalytics", "x\n\nNTAIpDetails", "//", "x // y", "/* x */", ";", "x; y", "|", "x | y",
        "`", "```", "```x```", "~~~", "~~~\nx\n~~~", "@\"x\"", "@'x'", "h\"x\"", "H@\"x\"", "h'x'", "dynamic([])", "datetime(now)", "\" \"",
        "\\u0022", "\\x22", "\\042", "\\N", "\\n\\r\\t", "\\", "\\\\u0022 or true",
        "\n", "\r", "\r\n", "\t", "\v", "\f", "\b", "\a", "\0", "\u001b[2J", "\u0085", "\u00a0", "\u00ad", "\u2028", "\u2029", "\u200b", "\ufeff", "\u202e", "\u2066x\u2069",
        "\ud800", "\udc00", "\udc00\ud800", "x\ud800", "\ud83d\ude00", "\udb40\udc22", "\uffff", "\ufffe",
        "＂", "“x”", "‘x’", "«x»", "é", "İı", "ß", "ﬀ", "日本", "\u0301",
        "$left.x", "$table", "{x}", "%", "&quot;", "<script>", "${x}", "$(x)", "let x = 1", "union *", "search *", "true", "null", "*/", "(", ")", "[", "]", "(?i)", "^$", ".+", "a|b", "\\d", "\\1", "\\Q", "(?",
        Worst, new string('"', 300), new string('\\', 301),
    ];

    /// <summary>Long ones: 64 KB.</summary>
    public static IReadOnlyList<string> Long { get; } = [new string('x', 65536), string.Concat(Enumerable.Repeat("\"|;\\\n", 13107))];
}
