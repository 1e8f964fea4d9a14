using System.Collections.Generic;

namespace NsgFlow.Soak.Judging;

/// <summary>What came of comparing readers with the truth.</summary>
internal sealed class Verdict
{
    private const int MostShown = 20;

    private readonly List<string> _faults = [];

    /// <summary>Tuples that were handed on for the first time.</summary>
    public int HandedOn { get; set; }

    /// <summary>Tuples that were handed on again.</summary>
    public int Again { get; set; }

    /// <summary>Most that one run had handed on since its checkpoint was saved.</summary>
    public int MostUnsaved { get; set; }

    /// <summary>How many things are wrong.</summary>
    public int FaultCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public void Fault(string text)
    {
        FaultCount++;
        if (_faults.Count < MostShown)
            _faults.Add(text);
    }
}
