namespace NsgFlow.Display;

/// <summary>
/// Whether views may put colour codes into a cell. PowerShell 7 does not count them as width and takes them out where they cannot be
/// shown (redirection, <c>NO_COLOR</c>, <c>$PSStyle.OutputRendering</c>); in Windows PowerShell a code would break the table. Which of
/// the two runs is known when this assembly is built, so nothing of PowerShell is asked.
/// </summary>
internal static class Colours
{
    public const string Red = "\u001b[91m";
    public const string Faint = "\u001b[2m";
    public const string Yellow = "\u001b[93m";
    public const string Reset = "\u001b[0m";

#if NETFRAMEWORK
    public const bool Wanted = false;
#else
    public const bool Wanted = true;
#endif
}
