using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NsgFlow.Simulator;

/// <content>Texts.</content>
internal static partial class KqlFunctions
{
    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_texts = new()
    {
        ["strcat"] = static call => KqlScalar.Of(
            KqlType.String, row => string.Concat(call.Arguments.Select(argument => KqlValue.Text(argument.Value(row)))), [.. call.Takes(1, 64).Arguments]),
        ["tolower"] = static call => call.Takes(1).MakeOfTexts(KqlType.String, static texts => texts[0].ToLowerInvariant()),
        ["toupper"] = static call => call.Takes(1).MakeOfTexts(KqlType.String, static texts => texts[0].ToUpperInvariant()),
        ["strlen"] = static call => call.Takes(1).MakeOfTexts(KqlType.Long, static texts => (long)texts[0].EnumerateRunes().Count()),
        ["replace_string"] = static call => call.Takes(3).MakeOfTexts(KqlType.String, static texts => texts[0].Replace(texts[1], texts[2], StringComparison.Ordinal)),
        ["replace_regex"] = static call => call.Takes(3).MakeOfTexts(KqlType.String, static texts => Replace(texts[0], texts[1], texts[2])),
        ["extract"] = Extract,
        ["substring"] = Substring,
        ["indexof"] = IndexOf,
        ["split"] = Split,
        ["tostring"] = static call => KqlScalar.Of(KqlType.String, row => KqlValue.Text(call[0].Value(row)), call.Takes(1)[0]),
    };

    /// <summary>\0 is the whole match, \1 a group; $ stands for itself.</summary>
    private static string Replace(string text, string pattern, string rewrite)
    {
        var replacement = Regex.Replace(rewrite.Replace("$", "$$", StringComparison.Ordinal), @"\\(\d)", "$${$1}");
        return KqlPatterns.Of(pattern).Replace(text, replacement);
    }

    private static KqlScalar Extract(KqlCall call)
    {
        call.Takes(3);
        var pattern = call.Text(0);
        var group = call.Constant(1);
        var text = call.Text(2);
        var found = KqlScalar.Of(
            KqlType.String,
            row => KqlPatterns.Of((string)pattern.Value(row)!).Match((string)text.Value(row)!) is { Success: true } match ? match.Groups[(int)group].Value : string.Empty,
            pattern,
            text);
        return call.Type is { } type && type != KqlType.String ? Convert(call, found, type) : found;
    }

    /// <summary>From a place, which counts from the end when it is negative.</summary>
    private static KqlScalar Substring(KqlCall call)
    {
        call.Takes(2, 3);
        KqlScalar[] arguments = [call.Text(0), .. Enumerable.Range(1, call.Arguments.Count - 1).Select(i => call.Of(i, KqlType.Int, KqlType.Long))];
        return call.Make(KqlType.String, static values =>
        {
            var text = (string)values[0];
            var start = KqlValue.Whole(values[1]);
            start = Math.Clamp(start < 0 ? text.Length + start : start, 0, text.Length);
            var length = values.Length > 2 ? KqlValue.Whole(values[2]) : long.MaxValue;
            return text.Substring((int)start, (int)Math.Clamp(length, 0, text.Length - start));
        }, arguments);
    }

    private static KqlScalar IndexOf(KqlCall call)
    {
        call.Takes(2, 4);
        KqlScalar[] arguments =
        [
            .. call.Arguments.Take(2).Select(static argument => KqlScalar.Of(KqlType.String, row => KqlValue.Text(argument.Value(row)), argument)),
            .. Enumerable.Range(2, call.Arguments.Count - 2).Select(i => call.Of(i, KqlType.Int, KqlType.Long)),
        ];
        return call.Make(KqlType.Long, static values =>
        {
            var text = (string)values[0];
            var start = values.Length > 2 ? KqlValue.Whole(values[2]) : 0;
            start = Math.Clamp(start < 0 ? text.Length + start : start, 0, text.Length);
            var length = values.Length > 3 ? KqlValue.Whole(values[3]) : -1;
            length = length < 0 ? text.Length - start : Math.Min(length, text.Length - start);
            return (long)text.IndexOf((string)values[1], (int)start, (int)length, StringComparison.Ordinal);
        }, arguments);
    }

    private static KqlScalar Split(KqlCall call)
    {
        call.Takes(2, 3);
        var text = call.Text(0);
        var by = call.Text(1);
        long? wanted = call.Arguments.Count > 2 ? call.Constant(2) : null;
        return KqlScalar.Of(KqlType.Dynamic, row =>
        {
            var separator = (string)by.Value(row)!;
            object?[] parts = separator.Length > 0
                ? ((string)text.Value(row)!).Split(separator)
                : throw KqlException.Unknown("split by nothing");
            return wanted is not { } index ? parts : index >= 0 && index < parts.Length ? [parts[index]] : Array.Empty<object?>();
        }, text, by);
    }
}
