using System;
using System.Globalization;
using System.Text;

namespace NsgFlow.Samples;

/// <summary>Writes an entry around the tuples of its rules; the order of keys is that of real blobs.</summary>
internal abstract class EntryWriter
{
    private static readonly byte[] _zeroAcl = Encoding.ASCII.GetBytes("00000000-0000-0000-0000-000000000000");

    /// <summary>Writes one entry.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="time">When Azure wrote the entry.</param>
    /// <param name="groups">Tuples by rule; a rule without tuples is left out.</param>
    /// <param name="turn">Which rule comes first: real entries have no fixed order.</param>
    public abstract void Write(ByteBuffer text, DateTime time, ByteBuffer[] groups, int turn);

    public static EntryWriter Create(
        FlowSampleFormat format, SampleNames names, string mac, Guid systemId, Guid flowLogGuid, bool alphabetical) =>
        format != FlowSampleFormat.VNet4 ? new Nsg(format, names, mac, systemId)
        : alphabetical ? new Alphabetical(names, mac, flowLogGuid)
        : new Documented(names, mac, flowLogGuid);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static void Comma(ByteBuffer text, ref bool first)
    {
        if (!first)
        {
            text.Append(",");
        }

        first = false;
    }

    /// <summary>NSG flow log, versions 1 and 2.</summary>
    private sealed class Nsg : EntryWriter
    {
        private readonly byte[] _afterTime;
        private readonly byte[] _afterRule;

        public Nsg(FlowSampleFormat format, SampleNames names, string mac, Guid systemId)
        {
            _afterTime = Ascii("\",\"systemId\":\"" + systemId.ToString("D") + "\",\"macAddress\":\"" + mac
                + "\",\"category\":\"NetworkSecurityGroupFlowEvent\",\"resourceId\":\"" + names.NsgId.ToUpperInvariant()
                + "\",\"operationName\":\"NetworkSecurityGroupFlowEvents\",\"properties\":{\"Version\":"
                + (format == FlowSampleFormat.Nsg1 ? "1" : "2") + ",\"flows\":[");
            _afterRule = Ascii("\",\"flows\":[{\"mac\":\"" + mac + "\",\"flowTuples\":[");
        }

        public override void Write(ByteBuffer text, DateTime time, ByteBuffer[] groups, int turn)
        {
            text.Append("{\"time\":\"");
            text.Append(Time(time));
            text.Append(_afterTime);
            var first = true;
            for (var i = 0; i < groups.Length; i++)
            {
                var rule = (i + turn) % groups.Length;
                if (groups[rule].Length > 0)
                {
                    Comma(text, ref first);
                    text.Append("{\"rule\":\"");
                    text.Append(SampleRules.Name(rule));
                    text.Append(_afterRule);
                    text.Append(groups[rule]);
                    text.Append("]}]}");
                }
            }

            text.Append("]}}");
        }
    }

    /// <summary>VNet flow log, keys in the order of the documentation, one <c>aclID</c> with all its rules.</summary>
    private sealed class Documented : EntryWriter
    {
        private readonly byte[] _afterTime;
        private readonly byte[] _acl;

        public Documented(SampleNames names, string mac, Guid flowLogGuid)
        {
            _acl = Ascii(names.NsgId);
            _afterTime = Ascii("\",\"flowLogVersion\":4,\"flowLogGUID\":\"" + flowLogGuid.ToString("D") + "\",\"macAddress\":\"" + mac
                + "\",\"category\":\"FlowLogFlowEvent\",\"flowLogResourceID\":\"" + names.FlowLogId
                + "\",\"targetResourceID\":\"" + names.VirtualNetworkId
                + "\",\"operationName\":\"FlowLogFlowEvent\",\"flowRecords\":{\"flows\":[");
        }

        public override void Write(ByteBuffer text, DateTime time, ByteBuffer[] groups, int turn)
        {
            text.Append("{\"time\":\"");
            text.Append(Time(time));
            text.Append(_afterTime);
            var first = true;
            var own = groups.Length - 1;
            for (var i = 0; i < own; i++)
            {
                var rule = (i + turn) % own;
                if (groups[rule].Length > 0)
                {
                    text.Append(first ? "{\"aclID\":\"" : ",");
                    if (first)
                    {
                        text.Append(_acl);
                        text.Append("\",\"flowGroups\":[");
                    }

                    first = false;
                    Group(text, rule, groups[rule]);
                }
            }

            if (!first)
            {
                text.Append("]}");
            }

            if (groups[own].Length > 0)
            {
                Comma(text, ref first);
                text.Append("{\"aclID\":\"");
                text.Append(_zeroAcl);
                text.Append("\",\"flowGroups\":[");
                Group(text, own, groups[own]);
                text.Append("]}");
            }

            text.Append("]}}");
        }

        private static void Group(ByteBuffer text, int rule, ByteBuffer tuples)
        {
            text.Append("{\"rule\":\"");
            text.Append(SampleRules.Name(rule));
            text.Append("\",\"flowTuples\":[");
            text.Append(tuples);
            text.Append("]}");
        }
    }

    /// <summary>VNet flow log, keys sorted by name, an <c>aclID</c> again for every rule: real blobs have that too.</summary>
    private sealed class Alphabetical : EntryWriter
    {
        private readonly byte[] _head;
        private readonly byte[] _afterFlows;
        private readonly byte[] _acl;

        public Alphabetical(SampleNames names, string mac, Guid flowLogGuid)
        {
            _acl = Ascii(names.NsgId);
            _head = Ascii("{\"category\":\"FlowLogFlowEvent\",\"flowLogGUID\":\"" + flowLogGuid.ToString("D")
                + "\",\"flowLogResourceID\":\"" + names.FlowLogId + "\",\"flowLogVersion\":4,\"flowRecords\":{\"flows\":[");
            _afterFlows = Ascii("]},\"macAddress\":\"" + mac + "\",\"operationName\":\"FlowLogFlowEvent\",\"targetResourceID\":\""
                + names.VirtualNetworkId + "\",\"time\":\"");
        }

        public override void Write(ByteBuffer text, DateTime time, ByteBuffer[] groups, int turn)
        {
            text.Append(_head);
            var first = true;
            for (var i = 0; i < groups.Length; i++)
            {
                var rule = (i + turn) % groups.Length;
                if (groups[rule].Length > 0)
                {
                    Comma(text, ref first);
                    text.Append("{\"aclID\":\"");
                    text.Append(rule == (int)SampleRule.Platform ? _zeroAcl : _acl);
                    text.Append("\",\"flowGroups\":[{\"flowTuples\":[");
                    text.Append(groups[rule]);
                    text.Append("],\"rule\":\"");
                    text.Append(SampleRules.Name(rule));
                    text.Append("\"}]}");
                }
            }

            text.Append(_afterFlows);
            text.Append(Time(time));
            text.Append("\"}");
        }
    }
}
