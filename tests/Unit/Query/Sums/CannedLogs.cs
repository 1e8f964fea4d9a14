using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Query;

namespace NsgFlow.Unit.Query.Sums;

/// <summary>A service that answers with what it is told to, in the wire format.</summary>
internal sealed class CannedLogs : ILogs
{
    private readonly Func<LogsRequest, string> _answer;

    public CannedLogs(Func<LogsRequest, string> answer) => _answer = answer;

    public CannedLogs(params string[] rows)
        : this(_ => Table(rows))
    {
    }

    public List<LogsRequest> Requests { get; } = [];

    /// <summary>An answer whose rows are written as <c>Name=value Name=value</c>; a value is a number, true, false, a time or a text.</summary>
    public static string Table(IEnumerable<string> rows)
    {
        var parsed = rows.Select(static row => row.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(static cell => cell.Split(['='], 2)).ToDictionary(static cell => cell[0], static cell => cell[1])).ToList();
        var names = parsed.SelectMany(static row => row.Keys).Distinct().ToList();
        var columns = names.Select(name => "{\"name\":\"" + name + "\",\"type\":\"" + TypeOf(parsed.First(row => row.ContainsKey(name))[name]) + "\"}");
        var cells = parsed.Select(row => "[" + string.Join(",", names.Select(name => row.TryGetValue(name, out var value) ? Json(value) : "null")) + "]");
        return "{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[" + string.Join(",", columns) + "],\"rows\":[" + string.Join(",", cells) + "]}]}";
    }

    /// <summary>An answer of which rows are missing.</summary>
    public static string Cut(params string[] rows) => Broken(
        Table(rows), """[{"code":"EngineError","message":"x","innererror":{"code":"-2133196797","message":"The results of this query exceed the set limit of 500000 records (E_QUERY_RESULT_SET_TOO_LARGE)."}}]""");

    /// <summary>An answer with an error beside its rows.</summary>
    public static string Broken(string answer, string details) =>
        answer.Substring(0, answer.Length - 1) + ",\"error\":{\"code\":\"PartialError\",\"message\":\"x\",\"details\":" + details + "}}";

    public LogsAnswer Query(LogsRequest request, CancellationToken cancellation)
    {
        Requests.Add(request);
        return LogsAnswer.Parse(Encoding.UTF8.GetBytes(_answer(request)));
    }

    private static string TypeOf(string value) => IsNumber(value) ? "long" : value is "true" or "false" ? "bool" : IsTime(value) ? "datetime" : "string";

    private static string Json(string value) => IsNumber(value) || value is "true" or "false" ? value : "\"" + value + "\"";

    private static bool IsNumber(string value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsTime(string value) => value.Length == 20 && value[10] == 'T';
}
