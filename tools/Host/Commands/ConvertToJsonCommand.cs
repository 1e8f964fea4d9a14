using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NsgFlow.Host.Commands;

/// <summary>Dictionaries and objects of properties, lists, numbers, texts, times: as PowerShell 7 writes them. What is deeper than -Depth is its text.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _all = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => _all.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_all.Count == 0)
            return;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = !Compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, _all.Count == 1 ? _all[0] : _all, Depth);
        WriteObject(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void Write(Utf8JsonWriter json, object? given, int depth)
    {
        var value = given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string or char or Guid or Uri:
                json.WriteStringValue(value.ToString());
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTime or DateTimeOffset:
                JsonSerializer.Serialize(json, value, value.GetType());
                break;
            case Enum:
                json.WriteNumberValue(Convert.ToInt64(value, null));
                break;
            case { } number when number.GetType().IsPrimitive || number is decimal:
                JsonSerializer.Serialize(json, number, number.GetType());
                break;
            case var deep when depth < 0:
                json.WriteStringValue(deep.ToString());
                break;
            case IDictionary dictionary:
                WriteObject(json, dictionary.Cast<DictionaryEntry>().Select(static entry => (entry.Key.ToString()!, entry.Value)), depth);
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item, depth - 1);
                json.WriteEndArray();
                break;
            default:
                WriteObject(json, PSObject.AsPSObject(value).Properties.Select(static property => (property.Name, (object?)property.Value)), depth);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            Write(json, value, depth - 1);
        }

        json.WriteEndObject();
    }
}
