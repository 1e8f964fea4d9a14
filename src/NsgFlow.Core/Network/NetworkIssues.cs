using System.Collections.Generic;
using System.Globalization;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>Collects issues up to a limit, and counts the rest into a last one.</summary>
internal sealed class NetworkIssues
{
    public const int Most = 100;

    private const int LongestText = 80;

    private readonly string _source;
    private readonly List<NetworkIssue> _issues = [];
    private int _count;

    public NetworkIssues(string source) => _source = source;

    public void AddLine(int line, string reason, string? text) => Add(line, null, reason, text);

    public void AddElement(string path, string reason, string? text) => Add(0, path, reason, text);

    /// <summary>Everything that was added; called once, at the end.</summary>
    public IReadOnlyList<NetworkIssue> ToList()
    {
        if (_count > Most)
        {
            var rest = (_count - Most).ToString(CultureInfo.InvariantCulture);
            _issues.Add(new NetworkIssue(_source, 0, null, rest + " more entries were not taken; they are not reported one by one.", null));
        }

        return _issues.AsReadOnly();
    }

    private void Add(int line, string? path, string reason, string? text)
    {
        if (++_count <= Most)
        {
            _issues.Add(new NetworkIssue(_source, line, path, reason, text is null ? null : Show(text)));
        }
    }

    private static string Show(string text) =>
        ShownText.Clean(text.Length > LongestText ? text.Substring(0, LongestText) + "…" : text);
}
