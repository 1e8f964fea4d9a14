using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace NsgFlow.Host.Commands;

/// <summary>Every property of the first object is a column, its text is that of <c>ToString</c>: as PowerShell 7 does.</summary>
public abstract class CsvWriter : PSCmdlet
{
    private List<string>? _columns;

    [Parameter(ValueFromPipeline = true, Mandatory = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter NoTypeInformation { get; set; }

    protected abstract void Write(string line);

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_columns is null)
        {
            _columns = [.. InputObject.Properties.Select(static property => property.Name)];
            Write(Line(_columns));
        }

        Write(Line(_columns.Select(name => InputObject.Properties[name]?.Value?.ToString())));
    }

    private static string Line(IEnumerable<string?> cells) =>
        string.Join(',', cells.Select(static cell => cell is null ? string.Empty : '"' + cell.Replace("\"", "\"\"") + '"'));
}

[Cmdlet(VerbsData.ConvertTo, "Csv")]
public sealed class ConvertToCsvCommand : CsvWriter
{
    protected override void Write(string line) => WriteObject(line);
}

[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : CsvWriter
{
    private readonly StringBuilder _text = new();

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    protected override void Write(string line) => _text.AppendLine(line);

    protected override void EndProcessing() => File.WriteAllText(GetUnresolvedProviderPathFromPSPath(Path), _text.ToString(), new UTF8Encoding(false));
}
