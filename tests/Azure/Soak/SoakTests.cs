using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;

namespace NsgFlow.AzureTests.Soak;

/// <summary>The quick part of <c>build.ps1 Soak</c>.</summary>
public sealed class SoakTests
{
    [SoakFact]
    public Task Readers_that_are_killed_at_random_hand_on_each_tuple_of_an_account_that_grows() => SoakProgram.RunAsync("quick");
}
