using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>Runs the script block it is given; only an error that terminates it counts.</summary>
internal static class ThrowOperator
{
    public static string? Check(ShouldCommand should, object? actual)
    {
        if (actual is not ScriptBlock block)
            return "Should -Throw needs a script block: { ... } | Should -Throw";

        var error = Run(should, block);
        if (should.Not)
        {
            return error is null ? null
                : $"Expected no exception to be thrown,{should.Reason} but an exception \"{error.Exception.Message}\" was thrown {Position(error)}.";
        }

        var filters = new List<string>();
        var buts = new List<string>();
        if (should.ExceptionType is { } type)
        {
            filters.Add($"type [{Values.Name(type)}]");
            if (error is not null && !type.IsInstanceOfType(error.Exception))
                buts.Add($"the exception type was [{Values.Name(error.Exception.GetType())}]");
        }

        Match("message like", "the message was", should.ExpectedMessage, error?.Exception.Message);
        Match("FullyQualifiedErrorId", "the FullyQualifiedErrorId was", should.ErrorIdPattern, error?.FullyQualifiedErrorId);
        if (error is null)
            buts.Add("no exception was thrown");
        if (buts.Count > 0)
        {
            var with = filters.Count == 0 ? "" : " with " + string.Join(" and ", filters);
            return $"Expected an exception{with} to be thrown,{should.Reason} but {string.Join(" and ", buts)}. {(error is null ? "" : Position(error))}".Trim();
        }

        if (should.PassThru)
            should.WriteObject(error);
        return null;

        void Match(string filter, string but, string? pattern, string? value)
        {
            if (string.IsNullOrWhiteSpace(pattern))
                return;
            filters.Add($"{filter} '{pattern}'");
            if (value is not null && !WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(value))
                buts.Add($"{but} '{value}'");
        }
    }

    private static ErrorRecord? Run(ShouldCommand should, ScriptBlock block)
    {
        try
        {
            Scopes.Call(should, block);
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            return Errors.Of(e);
        }
    }

    private static string Position(ErrorRecord error)
    {
        var lines = (error.InvocationInfo?.PositionMessage ?? "").ReplaceLineEndings("\n").Split('\n').Where(l => l.Trim().Length > 0);
        var text = string.Join("\n    ", lines);
        return text.StartsWith("At ", StringComparison.Ordinal) ? "from " + text[3..] : text;
    }
}
