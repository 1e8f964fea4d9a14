using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace NsgFlow.Host.Commands;

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _skipped;
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || _skipped++ < Skip)
            return;
        if (Last > 0)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last)
                _last.Dequeue();
            return;
        }

        if (_written < First)
            Emit(InputObject);
        if (_written >= First)
            StopUpstream();
    }

    protected override void EndProcessing()
    {
        foreach (var item in _last)
            Emit(item);
    }

    private void Emit(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            var value = item.Properties[ExpandProperty] ?? throw new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found.");
            _written++;
            WriteObject(value.Value, enumerateCollection: true);
            return;
        }

        var result = Property.Length == 0 ? item : Project(item);
        if (Unique && !_seen.Add(Property.Length == 0 ? item.ToString() : string.Join('\0', result.Properties.Select(p => p.Value?.ToString()))))
            return;
        _written++;
        WriteObject(result);
    }

    private PSObject Project(PSObject item)
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, "Selected." + item.TypeNames[0]);
        foreach (var property in Property)
        {
            var field = Field.Of(property);
            var names = field.Script is null && WildcardPattern.ContainsWildcardCharacters(field.Name)
                ? item.Properties.Match(field.Name).Select(p => p.Name).ToList() : [field.Name];
            foreach (var name in names.Where(n => !ExcludeProperty.Contains(n, StringComparer.OrdinalIgnoreCase)))
                result.Properties.Add(new PSNoteProperty(name, field.Script is null ? item.Properties[name]?.Value : field.ValueOf(item)));
        }

        return result;
    }

    // The engine has one way to end the commands before this one without an error, and keeps it to itself.
    private void StopUpstream()
    {
        var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        throw (Exception)constructor.Invoke([this]);
    }
}

/// <summary>A property by name, by script block, or as @{ Name = ...; Expression = ... }.</summary>
internal sealed record Field(string Name, ScriptBlock? Script)
{
    public static Field Of(object property)
    {
        switch (property is PSObject wrapped ? wrapped.BaseObject : property)
        {
            case ScriptBlock script:
                return new Field(script.ToString(), script);
            case IDictionary table:
                object? name = null, expression = null;
                foreach (DictionaryEntry entry in table)
                {
                    var key = entry.Key.ToString() ?? "";
                    if (key.StartsWith("n", StringComparison.OrdinalIgnoreCase) || key.StartsWith("l", StringComparison.OrdinalIgnoreCase))
                        name = entry.Value;
                    else if (key.StartsWith("e", StringComparison.OrdinalIgnoreCase))
                        expression = entry.Value is PSObject e ? e.BaseObject : entry.Value;
                }

                return new Field((name ?? expression)?.ToString() ?? "", expression as ScriptBlock ?? ScriptBlock.Create($"$_.'{expression}'"));
            default:
                return new Field(property.ToString() ?? "", null);
        }
    }

    public object? ValueOf(PSObject item)
    {
        if (Script is null)
            return item.Properties[Name]?.Value;
        var results = Script.InvokeWithContext(null, [new PSVariable("_", item)]);
        return results.Count switch { 0 => null, 1 => results[0], _ => results.ToArray() };
    }
}
