namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Takes text piece by piece.</summary>
internal interface IJsonText
{
    void Append(string text);

    void Append(char c);
}
