using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace NsgFlow.Host.Commands;

/// <summary>The engine has all of formatting, but the few lines that make commands of it are in another assembly.</summary>
internal static class Formatting
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    public static void UseShape(FrontEndCommandBase command, string shape)
    {
        var value = Enum.Parse(Type("FormatShape"), shape);
        var inner = Type("InnerFormatShapeCommand").GetConstructors(Any)[0].Invoke([value]);
        typeof(FrontEndCommandBase).GetField("implementation", Any)!.SetValue(command, inner);
    }

    public static void UseWriter(FrontEndCommandBase command, TextWriter writer, int width)
    {
        var lineOutput = Activator.CreateInstance(Type("TextWriterLineOutput"), Any, null, [writer, width], null);
        var inner = Activator.CreateInstance(Type("OutputManagerInner"))!;
        inner.GetType().GetProperty("LineOutput", Any)!.SetValue(inner, lineOutput);
        typeof(FrontEndCommandBase).GetField("implementation", Any)!.SetValue(command, inner);
    }

    private static Type Type(string name) => typeof(FrontEndCommandBase).Assembly.GetType(Namespace + name, throwOnError: true)!;
}

[Cmdlet("Format", "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => Formatting.UseShape(this, "Table");
}

[Cmdlet("Format", "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => Formatting.UseShape(this, "List");
}

[Cmdlet(VerbsData.Out, "String")]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _writer = new();

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public int Width { get; set; } = 120;

    protected override void BeginProcessing()
    {
        Formatting.UseWriter(this, _writer, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        var text = _writer.ToString();
        WriteObject(Stream ? Lines(text) : text, enumerateCollection: Stream);
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
