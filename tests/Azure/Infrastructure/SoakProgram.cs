using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>The program of tests/Soak, of which tests run the quick part.</summary>
internal static class SoakProgram
{
    /// <summary>Runs it; fails with what it said.</summary>
    public static async Task RunAsync(params string[] arguments)
    {
        var program = typeof(SoakProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Soak").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();

            // It has limits of its own; this one is for when they fail.
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            Assert.True(process.ExitCode == 0, await output + await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
