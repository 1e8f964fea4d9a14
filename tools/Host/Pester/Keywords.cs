using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>Describe and Context: read their body at once, for what it contains.</summary>
public abstract class BlockCommand(string keyword) : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Fixture { get; set; } = null!;

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        var parent = Discovery.RequireOpen(keyword);
        foreach (var (data, hasData) in Discovery.Items(this, ForEach))
        {
            var block = new Block(Name, parent, Fixture, keyword) { Tags = Tag, Skip = Skip, Data = data, HasData = hasData };
            parent.Children.Add(block);
            Discovery.Open = block;
            try
            {
                Scopes.InNew(this, () =>
                {
                    Discovery.SetVariables(SessionState, block);
                    Scopes.Here(this, Fixture);
                });
            }
            finally
            {
                Discovery.Open = parent;
            }
        }
    }
}

[Cmdlet("Add", "PesterDescribe")]
[Alias("Describe")]
public sealed class DescribeCommand() : BlockCommand("Describe");

[Cmdlet("Add", "PesterContext")]
[Alias("Context")]
public sealed class ContextCommand() : BlockCommand("Context");

[Cmdlet("Add", "PesterTest")]
[Alias("It")]
public sealed class ItCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Test { get; set; } = null!;

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        var parent = Discovery.RequireOpen("It");
        if (parent.Parent is null)
            throw new PSInvalidOperationException("It must be inside Describe or Context.");
        foreach (var (data, hasData) in Discovery.Items(this, ForEach))
            parent.Children.Add(new TestCase(Name, parent, Test) { Tags = Tag, Skip = Skip, Data = data, HasData = hasData });
    }
}

/// <summary>Runs at once: what it sets is there for -ForEach and -Skip.</summary>
[Cmdlet("Invoke", "PesterBeforeDiscovery")]
[Alias("BeforeDiscovery")]
public sealed class BeforeDiscoveryCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    protected override void EndProcessing()
    {
        Discovery.RequireOpen("BeforeDiscovery");
        Scopes.Here(this, ScriptBlock);
    }
}

public abstract class HookCommand : PSCmdlet
{
    private readonly Hook _hook;

    private protected HookCommand(Hook hook) => _hook = hook;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Scriptblock")]
    public ScriptBlock Body { get; set; } = null!;

    protected override void EndProcessing() => Discovery.RequireOpen(_hook.ToString()).Hooks[_hook].Add(Body);
}

[Cmdlet("Add", "PesterBeforeAll")]
[Alias("BeforeAll")]
public sealed class BeforeAllCommand() : HookCommand(Hook.BeforeAll);

[Cmdlet("Add", "PesterBeforeEach")]
[Alias("BeforeEach")]
public sealed class BeforeEachCommand() : HookCommand(Hook.BeforeEach);

[Cmdlet("Add", "PesterAfterEach")]
[Alias("AfterEach")]
public sealed class AfterEachCommand() : HookCommand(Hook.AfterEach);

[Cmdlet("Add", "PesterAfterAll")]
[Alias("AfterAll")]
public sealed class AfterAllCommand() : HookCommand(Hook.AfterAll);
