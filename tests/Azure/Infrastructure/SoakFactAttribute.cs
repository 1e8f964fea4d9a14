using System;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>A test that needs Azurite and signals; skipped, with the reason, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoakFactAttribute : FactAttribute
{
    public SoakFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals to end a process with" : AzuriteFiles.Missing;
}
