using System;
using System.Security.Cryptography;
using System.Text;

namespace NsgFlow.Simulator;

/// <summary>Ids that are the same in every run.</summary>
internal static class Guids
{
    public static string From(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString("D");
}
