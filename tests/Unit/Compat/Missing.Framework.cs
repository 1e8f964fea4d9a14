using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace NsgFlow.Unit;

/// <summary>What tests use and .NET Framework has not, under the names it has on .NET, so that tests read the same for both. For .NET Framework only.</summary>
internal static class Missing
{
    extension(Enum)
    {
        public static T[] GetValues<T>()
            where T : struct, Enum => [.. Enum.GetValues(typeof(T)).Cast<T>()];

        public static string[] GetNames<T>()
            where T : struct, Enum => Enum.GetNames(typeof(T));
    }

    extension(Convert)
    {
        public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", string.Empty);
    }

    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    extension(Path)
    {
        /// <summary>For paths under the folder only; fails for others rather than go up.</summary>
        public static string GetRelativePath(string relativeTo, string path)
        {
            if (path == relativeTo)
            {
                return ".";
            }

            return path.StartsWith(relativeTo + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? path.Substring(relativeTo.Length + 1)
                : throw new ArgumentException($"'{path}' is not under '{relativeTo}'.", nameof(path));
        }
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) =>
            Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));

        public static void CreateSymbolicLink(string path, string pathToTarget)
        {
            if (NativeMethods.MakeLink(pathToTarget, path) != 0)
            {
                throw new IOException($"No link could be made at '{path}' (error {Marshal.GetLastWin32Error()}).");
            }
        }
    }

    extension(Stream stream)
    {
        public void Write(byte[] bytes) => stream.Write(bytes, 0, bytes.Length);
    }

    extension(Random random)
    {
        public long NextInt64(long limit)
        {
            var bytes = new byte[8];
            random.NextBytes(bytes);
            return (long)(BitConverter.ToUInt64(bytes, 0) % (ulong)limit);
        }
    }

    extension(string text)
    {
        public bool Contains(char letter) => text.IndexOf(letter) >= 0;

        public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;

        public bool StartsWith(char letter) => text.Length > 0 && text[0] == letter;

        public bool EndsWith(char letter) => text.Length > 0 && text[text.Length - 1] == letter;

        public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        public string[] Split(char separator, int count) => text.Split([separator], count);

        public string[] Split(string separator) => text.Split([separator], StringSplitOptions.None);

        public string Replace(string old, string with, StringComparison comparison)
        {
            var result = new StringBuilder(text.Length);
            var at = 0;
            for (var found = text.IndexOf(old, comparison); found >= 0; found = text.IndexOf(old, at, comparison))
            {
                result.Append(text, at, found - at).Append(with);
                at = found + old.Length;
            }

            return result.Append(text, at, text.Length - at).ToString();
        }
    }

    extension(string)
    {
        public static string Join<T>(char separator, IEnumerable<T> items) => string.Join(separator.ToString(), items);
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        public void Deconstruct(out TKey key, out TValue value) => (key, value) = (pair.Key, pair.Value);
    }

    extension(MatchCollection matches)
    {
        public IEnumerable<T> Select<T>(Func<Match, T> selector) => matches.Cast<Match>().Select(selector);
    }

    extension<T>(IEnumerable<T> items)
    {
        public IEnumerable<T> Order() => items.OrderBy(item => item);

        public IEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(item => item, comparer);

        public IEnumerable<T> SkipLast(int count)
        {
            var all = items.ToList();
            return all.Take(all.Count - count);
        }

        public IEnumerable<(T First, TOther Second)> Zip<TOther>(IEnumerable<TOther> others) => items.Zip(others, (first, second) => (first, second));
    }

    extension<TKey, TValue>(Dictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        public bool TryAdd(TKey key, TValue value)
        {
            if (dictionary.ContainsKey(key))
            {
                return false;
            }

            dictionary.Add(key, value);
            return true;
        }

        public TValue? GetValueOrDefault(TKey key) => dictionary.TryGetValue(key, out var value) ? value : default;
    }

    private static class NativeMethods
    {
        /// <summary>Mono runs these tests on Linux and macOS, whose C library makes links; .NET Framework has no call for them.</summary>
        [DllImport("libc", EntryPoint = "symlink", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int MakeLink(string target, string path);
    }
}
