using System;

namespace NsgFlow.Blobs;

/// <summary>The <c>y= m= d= h= m=</c> segments of a name: as much of a time as they tell, in this order. The second <c>m</c> is the minute, always 00.</summary>
internal struct FlowBlobPeriod
{
    private int _year;
    private int _month;
    private int _day;
    private int _known;
    private bool _isBroken;

    /// <summary>Start of the hour, when all four parts were read.</summary>
    public readonly DateTime? Hour => _known == 4 ? Start : null;

    /// <summary>Start of the period the parts tell.</summary>
    public DateTime? Start { get; private set; }

    /// <summary>End of that period, exclusive.</summary>
    public DateTime? End { get; private set; }

    /// <summary>Takes the next part. One that is missing or no number ends the reading; what was told stays.</summary>
    public void Take(char key, ReadOnlySpan<char> digits)
    {
        if (_isBroken || _known == 4)
        {
            return;
        }

        _isBroken = key != "ymdh"[_known] || !TryNumber(digits, _known == 0 ? 4 : 2, out var number) || !TryAdd(number);
    }

    private bool TryAdd(int number)
    {
        var first = DateTime.MinValue;
        switch (_known)
        {
            case 0 when number >= 1:
                _year = number;
                first = new DateTime(_year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                End = number == 9999 ? DateTime.MaxValue : first.AddYears(1);
                break;
            case 1 when number is >= 1 and <= 12:
                _month = number;
                first = new DateTime(_year, _month, 1, 0, 0, 0, DateTimeKind.Utc);
                End = Later(first, TimeSpan.FromDays(DateTime.DaysInMonth(_year, _month)));
                break;
            case 2 when number >= 1 && number <= DateTime.DaysInMonth(_year, _month):
                _day = number;
                first = new DateTime(_year, _month, _day, 0, 0, 0, DateTimeKind.Utc);
                End = Later(first, TimeSpan.FromDays(1));
                break;
            case 3 when number <= 23:
                first = new DateTime(_year, _month, _day, number, 0, 0, DateTimeKind.Utc);
                End = Later(first, TimeSpan.FromHours(1));
                break;
            default:
                return false;
        }

        Start = first;
        _known++;
        return true;
    }

    private static DateTime Later(DateTime start, TimeSpan by) => DateTime.MaxValue - start < by ? DateTime.MaxValue : start + by;

    internal static bool TryNumber(ReadOnlySpan<char> digits, int most, out int number)
    {
        number = 0;
        foreach (var c in digits)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return digits.Length >= 1 && digits.Length <= most;
    }
}
