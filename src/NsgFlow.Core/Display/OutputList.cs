using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Display;

/// <summary>
/// Lists as objects give them out. PowerShell takes an index by the public indexer of the list's own type; what the compiler makes of <c>[.. x]</c> for an
/// <see cref="IReadOnlyList{T}"/> has none, and <c>$list[0]</c> would be the whole list.
/// </summary>
internal static class OutputList
{
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> list) => list as T[] ?? list.ToArray();
}
