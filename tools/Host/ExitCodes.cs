namespace NsgFlow.Host;

/// <summary>The process's exit codes, the same as pwsh's where pwsh has one.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadArguments = 64;

    /// <summary>128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
