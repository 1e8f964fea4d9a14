using System;
using System.Globalization;
using NsgFlow.Bench.Compare;

namespace NsgFlow.Bench;

internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["answer", var contender, var path, var passes])
            return AnswerCommand.Run(contender, path, int.Parse(passes, CultureInfo.InvariantCulture));
        Console.Write(Comparison.Run(1));
        return 0;
    }
}
