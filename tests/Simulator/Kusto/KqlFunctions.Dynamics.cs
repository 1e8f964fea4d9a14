using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>Arrays and bags.</content>
internal static partial class KqlFunctions
{
    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_dynamics = new()
    {
        ["parse_json"] = ParseJson,
        ["todynamic"] = ParseJson,
        ["array_length"] = static call => call.Takes(1).Make(KqlType.Long, static values => values[0] is object?[] items ? (long)items.Length : null, [call.Of(0, KqlType.Dynamic)]),
        ["set_has_element"] = static call => call.Takes(2).Make(
            KqlType.Bool, static values => values[0] is object?[] items ? items.Any(item => item is not null && KqlValue.AreSame(item, values[1])) : null, [call.Of(0, KqlType.Dynamic), call[1]]),
        ["pack_array"] = static call => KqlScalar.Of(KqlType.Dynamic, row => call.Arguments.Select(argument => argument.Value(row)).ToArray(), [.. call.Arguments]),
        ["bag_pack"] = BagPack,
        ["pack"] = BagPack,
        ["pack_dictionary"] = BagPack,
    };

    private static KqlScalar ParseJson(KqlCall call) => call.Takes(1)[0].Type == KqlType.Dynamic
        ? call[0]
        : KqlScalar.Of(KqlType.Dynamic, row => KqlJson.Parse((string)call[0].Value(row)!), call.Of(0, KqlType.String));

    private static KqlScalar BagPack(KqlCall call)
    {
        call.Takes(2, 64);
        if (call.Arguments.Count % 2 != 0)
        {
            call.Takes(call.Arguments.Count + 1);
        }

        return KqlScalar.Of(KqlType.Dynamic, row =>
        {
            var bag = new Dictionary<string, object?>();
            for (var i = 0; i < call.Arguments.Count; i += 2)
            {
                bag[KqlValue.Text(call[i].Value(row))] = call[i + 1].Value(row);
            }

            return bag;
        }, [.. call.Arguments]);
    }
}
