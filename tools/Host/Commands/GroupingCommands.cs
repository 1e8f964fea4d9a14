using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Commands;

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _numbers = [];
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void ProcessRecord()
    {
        var value = Property is null ? InputObject : InputObject?.Properties[Property]?.Value;
        if (value is null)
            return;
        _count++;
        if (Sum || Average || Minimum || Maximum)
            _numbers.Add(LanguagePrimitives.ConvertTo<double>(value));
    }

    protected override void EndProcessing()
    {
        var any = _numbers.Count > 0;
        var result = new PSObject();
        result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
        Add("Count", _count);
        Add("Average", Average && any ? _numbers.Average() : null);
        Add("Sum", Sum ? _numbers.Sum() : null);
        Add("Maximum", Maximum && any ? _numbers.Max() : null);
        Add("Minimum", Minimum && any ? _numbers.Min() : null);
        Add("Property", Property);
        WriteObject(result);
    }
}

[Cmdlet(VerbsData.Group, "Object")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var fields = Property.Select(Field.Of).ToList();
        var groups = _items.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups.OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            var members = group.ToList();
            var result = new PSObject();
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : ""));
            result.Properties.Add(new PSNoteProperty("Count", members.Count));
            result.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
                result.Properties.Add(new PSNoteProperty("Group", members));
            WriteObject(result);
        }

        string NameOf(PSObject item) => fields.Count == 0
            ? item.ToString() : string.Join(", ", fields.Select(f => LanguagePrimitives.ConvertTo<string>(f.ValueOf(item))));
    }
}

[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var fields = Property.Select(Field.Of).ToList();
        var keyed = _items.Select(item => (Item: item, Keys: fields.Count == 0 ? [item] : fields.Select(f => f.ValueOf(item)).ToArray()));
        var comparer = Comparer<object?[]>.Create(CompareKeys);
        // OrderBy keeps the order of equal items, in both directions.
        var sorted = Descending ? keyed.OrderByDescending(k => k.Keys, comparer) : keyed.OrderBy(k => k.Keys, comparer);
        object?[]? previous = null;
        foreach (var (item, keys) in sorted)
        {
            if (!Unique || previous is null || CompareKeys(previous, keys) != 0)
                WriteObject(item);
            previous = keys;
        }
    }

    private static int CompareKeys(object?[] left, object?[] right) =>
        left.Zip(right).Select(pair => Compare(pair.First, pair.Second)).FirstOrDefault(c => c != 0);

    // What cannot be compared as it is, is compared as text, so that sorting never fails half way.
    private static int Compare(object? left, object? right) =>
        LanguagePrimitives.TryCompare(left, right, true, CultureInfo.CurrentCulture, out var result)
            ? result : string.Compare(left?.ToString(), right?.ToString(), StringComparison.OrdinalIgnoreCase);
}
