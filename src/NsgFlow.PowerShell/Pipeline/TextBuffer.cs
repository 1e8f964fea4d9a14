using System.Text;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Text as a whole, for what is small.</summary>
internal sealed class TextBuffer : IJsonText
{
    private readonly StringBuilder _text = new();

    public void Append(string text) => _text.Append(text);

    public void Append(char c) => _text.Append(c);

    /// <summary>Everything added so far.</summary>
    public override string ToString() => _text.ToString();
}
