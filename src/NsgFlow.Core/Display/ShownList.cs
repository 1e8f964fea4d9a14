using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace NsgFlow.Display;

/// <summary>A list whose text is its elements: <c>Export-Csv</c> writes that text, which of other lists is the name of a type.</summary>
internal sealed class ShownList<T> : ReadOnlyCollection<T>
{
    private ShownList(IList<T> list)
        : base(list)
    {
    }

    /// <summary>The list itself when it is one already.</summary>
    public static ShownList<T> Of(IReadOnlyList<T> list) => list as ShownList<T> ?? new ShownList<T>(list as IList<T> ?? [.. list]);

    /// <summary>The elements with a space between, without culture.</summary>
    public override string ToString() => string.Join(" ", Items.Select(static item => FormattableString.Invariant($"{item}")));
}
