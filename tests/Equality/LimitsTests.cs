namespace NsgFlow.EqualityTests;

/// <summary>Where the reduction drops what flow logs know.</summary>
public sealed class LimitsTests
{
}
