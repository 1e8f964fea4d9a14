using Xunit;

namespace NsgFlow.Unit;

/// <summary>Tests that look at the whole process, such as its memory: they run one by one, when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneCollection
{
    public const string Name = "Alone";
}
