using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;

namespace NsgFlow.CmdletTests;

/// <summary>The quick part of <c>build.ps1 Soak</c>: PowerShell processes that end in all ways, on a folder and on an account.</summary>
public sealed class SoakTests
{
    [SoakFact]
    public Task Processes_that_are_killed_at_random_hand_on_each_record_of_what_grows()
    {
        BuiltModule.Require();
        return SoakProgram.RunAsync("quick", "cmdlet");
    }
}
