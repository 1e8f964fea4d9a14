using System;
using System.Security.Cryptography;

namespace NsgFlow.Saving;

/// <summary>MD5, which Azure Storage has for contents. It guards against accidents here, not against people.</summary>
internal static class Md5
{
    /// <summary>Whether this machine lets it be used: some that must keep to FIPS do not.</summary>
    public static bool IsUsable { get; } = Try();

    public static IncrementalHash Create() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    private static bool Try()
    {
        try
        {
            Create().Dispose();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or CryptographicException or System.Reflection.TargetInvocationException)
        {
            return false;
        }
    }
}
