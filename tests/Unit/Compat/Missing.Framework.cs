using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

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
