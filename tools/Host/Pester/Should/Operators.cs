using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace NsgFlow.Host.Pester;

/// <summary>Every operator but -Throw: whether it holds, and what to say when it does not. Null means that it holds.</summary>
internal static class Operators
{
    public static string? Check(ShouldCommand should, string name, object? actual)
    {
        var expected = should.ExpectedValue;
        var because = should.Reason;
        var not = should.Not.IsPresent;
        var (holds, message, notMessage) = name switch
        {
            "Be" => (Values.AreEqual(actual, expected, true), Difference(actual, expected, because, false), Same(expected, because)),
            "BeExactly" => (Values.AreEqual(actual, expected, false), Difference(actual, expected, because, true), Same(expected, because)),
            "BeTrue" => (LanguagePrimitives.IsTrue(actual), $"Expected $true,{because} but got {Values.Show(actual)}.", $"Expected $false,{because} but got {Values.Show(actual)}."),
            "BeFalse" => (!LanguagePrimitives.IsTrue(actual), $"Expected $false,{because} but got {Values.Show(actual)}.", $"Expected $true,{because} but got {Values.Show(actual)}."),
            "BeNullOrEmpty" => (IsNullOrEmpty(actual), $"Expected $null or empty,{because} but got {Values.Show(actual)}.", $"Expected a value,{because} but got $null or empty."),
            "BeGreaterThan" => Order(actual, expected, because, "greater than", "less than or equal to", c => c > 0),
            "BeGreaterOrEqual" => Order(actual, expected, because, "greater than or equal to", "less than", c => c >= 0),
            "BeLessThan" => Order(actual, expected, because, "less than", "greater than or equal to", c => c < 0),
            "BeLessOrEqual" => Order(actual, expected, because, "less than or equal to", "greater than", c => c <= 0),
            "BeLike" => Like(actual, expected, because, WildcardOptions.IgnoreCase),
            "BeLikeExactly" => Like(actual, expected, because, WildcardOptions.None),
            "Match" => Matches(actual, expected, because, RegexOptions.IgnoreCase),
            "MatchExactly" => Matches(actual, expected, because, RegexOptions.None),
            "Contain" => Found(Has(actual, expected), $"{Values.Show(expected)}{{0}} in collection {Values.Show(actual)}", because),
            "BeIn" => In(Has(expected, actual), actual, expected, because),
            "HaveCount" => Count(actual, expected, because),
            "BeOfType" => OfType(actual, expected, because),
            "Exist" => Exists(should, actual, because),
            _ => throw new InvalidOperationException(name),
        };
        return holds == not ? not ? notMessage : message : null;
    }

    private static bool IsNullOrEmpty(object? actual)
    {
        var items = Values.Items(actual);
        return Values.Base(actual) switch
        {
            null => true,
            IDictionary table => table.Count == 0,
            _ => items.Count == 0 || (items.Count == 1 && (Values.Base(items[0]) is null or "" || (Values.IsCollection(items[0]) && Values.Items(items[0]).Count == 0))),
        };
    }

    private static bool Has(object? collection, object? item) => Values.Items(collection).Any(i => Values.AreEqual(i, item, true));

    private static (bool, string, string) Order(object? actual, object? expected, string because, string words, string opposite, Func<int, bool> test) => (
        test(LanguagePrimitives.Compare(Values.Base(actual), Values.Base(expected), true, CultureInfo.InvariantCulture)),
        $"Expected the actual value to be {words} {Values.Show(expected)},{because} but got {Values.Show(actual)}.",
        $"Expected the actual value to be {opposite} {Values.Show(expected)},{because} but got {Values.Show(actual)}.");

    private static (bool, string, string) Like(object? actual, object? expected, string because, WildcardOptions options)
    {
        var pattern = WildcardPattern.Get(Text(expected), options);
        return (
            Values.Items(actual).Any(i => pattern.IsMatch(Text(i))),
            $"Expected like wildcard {Values.Show(expected)} to match {Values.Show(actual)},{because} but it did not match.",
            $"Expected like wildcard {Values.Show(expected)} to not match {Values.Show(actual)},{because} but it did match.");
    }

    private static (bool, string, string) Matches(object? actual, object? expected, string because, RegexOptions options)
    {
        var pattern = new Regex(Text(expected), options | RegexOptions.CultureInvariant);
        var items = Values.IsCollection(actual) ? Values.Items(actual) : [actual];
        return (
            items.Any(i => pattern.IsMatch(Text(i))),
            $"Expected regular expression {Values.Show(expected)} to match {Values.Show(actual)},{because} but it did not match.",
            $"Expected regular expression {Values.Show(expected)} to not match {Values.Show(actual)},{because} but it did match.");
    }

    private static (bool, string, string) Found(bool found, string format, string because) => (
        found,
        "Expected " + format.Replace("{0}", " to be found", StringComparison.Ordinal) + $",{because} but it was not found.",
        "Expected " + format.Replace("{0}", " to not be found", StringComparison.Ordinal) + $",{because} but it was found.");

    private static (bool, string, string) In(bool found, object? actual, object? expected, string because) => (
        found,
        $"Expected collection {Values.Show(expected)} to contain {Values.Show(actual)},{because} but it was not found.",
        $"Expected collection {Values.Show(expected)} to not contain {Values.Show(actual)},{because} but it was found.");

    private static (bool, string, string) Count(object? actual, object? expected, string because)
    {
        var wanted = LanguagePrimitives.ConvertTo<int>(expected);
        var items = Values.Items(actual);
        var got = items.Count == 0 ? "an empty collection" : $"collection with size {items.Count} {Values.Show(items)}";
        var what = wanted == 0 ? "an empty collection" : $"a collection with size {wanted}";
        var other = wanted == 0 ? "a non-empty collection" : $"a collection with size different from {wanted}";
        return (items.Count == wanted, $"Expected {what},{because} but got {got}.", $"Expected {other},{because} but got collection with that size {Values.Show(items)}.");
    }

    private static (bool, string, string) OfType(object? actual, object? expected, string because)
    {
        if (Values.Base(expected) is not Type type && !LanguagePrimitives.TryConvertTo(Text(expected).Trim('[', ']'), out type!))
            return (false, $"Expected a type, but [{Text(expected)}] is none that is loaded.", $"Expected a type, but [{Text(expected)}] is none that is loaded.");
        var plain = Values.Base(actual);
        var holds = type == typeof(PSObject) || type == typeof(PSCustomObject) ? plain is PSObject : type.IsInstanceOfType(plain);
        var got = plain is null ? "$null" : $"{Values.Show(actual)} with type [{Values.Name(plain.GetType())}]";
        return (
            holds,
            $"Expected the value to have type [{Values.Name(type)}] or any of its subtypes,{because} but got {got}.",
            $"Expected the value to not have type [{Values.Name(type)}] or any of its subtypes,{because} but got {got}.");
    }

    private static (bool, string, string) Exists(ShouldCommand should, object? actual, string because) => (
        should.InvokeProvider.Item.Exists(Text(actual)),
        $"Expected path {Values.Show(actual)} to exist,{because} but it did not exist.",
        $"Expected path {Values.Show(actual)} to not exist,{because} but it did exist.");

    private static string Same(object? expected, string because) =>
        $"Expected {Values.Show(expected)} to be different from the actual value,{because} but got the same value.";

    private static string Difference(object? actual, object? expected, string because, bool exactly)
    {
        if (Values.Base(actual) is string got && Values.Base(expected) is string wanted)
            return StringDifference(got, wanted, because, exactly);
        if (!Values.IsCollection(actual) || !Values.IsCollection(expected))
            return $"Expected {(exactly ? "exactly " : "")}{Values.Show(expected)},{because} but got {Values.Show(actual)}.";
        var left = Values.Items(actual);
        var right = Values.Items(expected);
        if (left.Count != right.Count)
            return $"Expected a collection {Values.Show(expected)} with length {right.Count},{because} but got a collection {Values.Show(actual)} with length {left.Count}.";
        var at = Enumerable.Range(0, left.Count).FirstOrDefault(i => !Values.AreEqual(left[i], right[i], !exactly));
        return string.Join('\n', [
            $"Expected collections to be the same,{because} but they were different.",
            $"Collections differ at index {at}: expected {Values.Show(right.ElementAtOrDefault(at))}, but got {Values.Show(left.ElementAtOrDefault(at))}.",
            $"Expected: {Values.Show(expected)}",
            $"But was:  {Values.Show(actual)}"]);
    }

    private static string StringDifference(string actual, string expected, string because, bool exactly)
    {
        var comparison = exactly ? StringComparison.Ordinal : StringComparison.InvariantCultureIgnoreCase;
        var at = 0;
        while (at < actual.Length && at < expected.Length && string.Equals(actual[at].ToString(), expected[at].ToString(), comparison))
            at++;
        var lines = new List<string> { $"Expected strings to be the same,{because} but they were different." };
        if (actual.Length == expected.Length)
            lines.Add($"String lengths are both {actual.Length}.");
        else
            lines.AddRange([$"Expected length: {expected.Length}", $"Actual length:   {actual.Length}"]);
        lines.Add($"Strings differ at index {at}.");
        lines.Add($"Expected: '{Escape(expected)}'");
        lines.Add($"But was:  '{Escape(actual)}'");
        lines.Add(new string(' ', "But was:  '".Length + Escape(actual[..at]).Length) + "^");
        return string.Join('\n', lines);
    }

    private static string Escape(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(Values.Base(value)) ?? "";
}
