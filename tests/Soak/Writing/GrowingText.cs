using System.Text;

namespace NsgFlow.Soak.Writing;

/// <summary>What a flow log has around its entries.</summary>
internal static class GrowingText
{
    public static byte[] Opening { get; } = Encoding.UTF8.GetBytes("{\"records\":[");

    public static byte[] Closing { get; } = Encoding.UTF8.GetBytes("]}");
}
