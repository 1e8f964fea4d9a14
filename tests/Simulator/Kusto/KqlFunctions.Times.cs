using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <content>Times.</content>
internal static partial class KqlFunctions
{
    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_times = new()
    {
        ["now"] = static call => KqlScalar.Of(KqlType.DateTime, call.Takes(0).Now),
        ["ago"] = static call => call.Takes(1).Make(KqlType.DateTime, values => call.Now - (TimeSpan)values[0], [call.Of(0, KqlType.TimeSpan)]),
        ["hourofday"] = static call => OfTime(call, KqlType.Int, static time => time.Hour),
        ["dayofweek"] = static call => OfTime(call, KqlType.TimeSpan, static time => TimeSpan.FromDays((int)time.DayOfWeek)),
        ["startofday"] = static call => OfTime(call, KqlType.DateTime, static time => time.Date),
    };

    private static KqlScalar OfTime(KqlCall call, KqlType type, Func<DateTime, object> part) =>
        call.Takes(1).Make(type, values => part((DateTime)values[0]), [call.Of(0, KqlType.DateTime)]);
}
