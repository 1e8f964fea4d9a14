using System;

namespace NsgFlow.Network;

/// <summary>A wrong element of a JSON file: the message has all, for who gives up; the parts are for who goes on.</summary>
internal sealed class JsonNodeException : FormatException
{
    public JsonNodeException(string file, string path, string reason)
        : base(path.Length == 0 ? $"In {file}: {reason}" : $"In {file}, {path}: {reason}")
    {
        Path = path;
        Reason = reason;
    }

    public string Path { get; }

    public string Reason { get; }
}
