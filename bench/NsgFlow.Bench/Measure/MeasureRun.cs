using System;
using System.Globalization;
using System.IO;
using System.Linq;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench.Measure;

/// <summary>A session that asked Measure-NsgTraffic, whose answers were checked.</summary>
internal sealed record MeasureRun(SessionData Data, ChildRun Process)
{
    /// <summary>Most memory of the process.</summary>
    public double Peak => Process.Numbers("peak").Single();

    /// <param name="shell">In which PowerShell.</param>
    /// <param name="data">About what.</param>
    /// <param name="questions">Names that measure.ps1 knows, with commas.</param>
    /// <param name="rounds">How often each.</param>
    /// <param name="cores">How many cores the process is held to.</param>
    /// <param name="warmUp">What to ask about first.</param>
    /// <param name="more">Further arguments of the script.</param>
    public static MeasureRun Start(ShellProgram shell, SessionData data, string questions, int rounds, int cores, SessionData? warmUp, params string[] more)
    {
        Console.Error.WriteLine($"{shell.Name}: {questions}, {data.Name}, {Cores(cores)}");
        var command = shell.Script("measure.ps1", [ShellProgram.Module, data.Path, questions, rounds.ToString(CultureInfo.InvariantCulture), warmUp?.Path ?? string.Empty, .. more]);
        var run = new MeasureRun(data, ChildRun.Start(command, cores));
        foreach (var question in questions.Split(','))
            run.Check(question);
        return run;
    }

    public static string Cores(int count) => count == 1 ? "1 core" : $"{count} cores";

    /// <summary>Milliseconds of the quickest round.</summary>
    public double Best(string question) => Process.Numbers(question).Min();

    /// <summary>Milliseconds of processor time of the round that took least.</summary>
    public double Cpu(string question) => Process.Numbers(question + "-cpu").Min();

    /// <summary>Tuples per millisecond of it as millions a second.</summary>
    public double Rate(string question) => Data.Truth.Tuples / Best(question) / 1000;

    /// <summary>How many rows there were.</summary>
    public long Rows(string question) => Answer(question)[4];

    private void Check(string question)
    {
        var (truth, answer) = (Data.Truth, Answer(question));
        // The largest row is told of the questions about sources; of the others it is not known, and the whole must do.
        var isOfSources = question is "sources" or "every" or "summary" or "records";
        if ((answer[0], answer[1], answer[2]) != (truth.Tuples, truth.Flows, truth.Bytes) || (isOfSources && answer[3] != truth.TopBytes)
            || (question == "every" && answer[4] != truth.Sources))
        {
            throw new InvalidDataException($"Measure-NsgTraffic says of '{question}', {Data.Name}, '{string.Join(' ', answer)}' (tuples flows bytes largest rows), "
                + $"the truth is '{truth.Tuples} {truth.Flows} {truth.Bytes} {truth.TopBytes}' with {truth.Sources} sources.");
        }
    }

    private long[] Answer(string question) =>
        [.. Process.Values(question + "-answer").Single().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
}
