using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace NsgFlow.Host.Commands;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = long.MaxValue;

    protected override void Process(string path)
    {
        foreach (var file in FilesOf(path))
        {
            if (!File.Exists(file))
                throw new ItemNotFoundException($"Cannot find path '{file}' because it does not exist.");
            if (Raw)
            {
                WriteObject(Decorated(File.ReadAllText(file), file, 0));
                continue;
            }

            var count = 0L;
            foreach (var line in File.ReadLines(file))
            {
                if (count++ >= TotalCount)
                    break;
                WriteObject(Decorated(line, file, count));
            }
        }
    }

    // The properties by which the next command in a pipeline knows the file.
    private static PSObject Decorated(string text, string file, long number)
    {
        var line = new PSObject(text);
        line.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + file));
        line.Properties.Add(new PSNoteProperty("PSParentPath", "Microsoft.PowerShell.Core\\FileSystem::" + System.IO.Path.GetDirectoryName(file)));
        line.Properties.Add(new PSNoteProperty("PSChildName", System.IO.Path.GetFileName(file)));
        if (number > 0)
            line.Properties.Add(new PSNoteProperty("ReadCount", number));
        return line;
    }
}

public abstract class ContentWriter : PSCmdlet
{
    private static readonly UTF8Encoding Utf8 = new(false);
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object[]? Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected abstract bool Append { get; }

    protected override void ProcessRecord()
    {
        foreach (var item in Value ?? [])
            _lines.Add(LanguagePrimitives.ConvertTo<string>(item));
    }

    protected override void EndProcessing()
    {
        using var writer = new StreamWriter(GetUnresolvedProviderPathFromPSPath(Path), Append, Utf8);
        foreach (var line in _lines)
        {
            if (NoNewline)
                writer.Write(line);
            else
                writer.WriteLine(line);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content")]
public sealed class SetContentCommand : ContentWriter
{
    protected override bool Append => false;
}

[Cmdlet(VerbsCommon.Add, "Content")]
public sealed class AddContentCommand : ContentWriter
{
    protected override bool Append => true;
}
