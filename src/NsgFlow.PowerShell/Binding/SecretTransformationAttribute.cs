using System;
using System.Management.Automation;
using System.Security;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A secret as a secure string or as text. What was given is never repeated, not even in an error.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null or SecureString:
                return value;
            case string text:
                var secret = new SecureString();
                foreach (var c in text)
                    secret.AppendChar(c);
                secret.MakeReadOnly();
                return secret;
            default:
                // Without the engine's own message, which would show the value.
                throw new ArgumentTransformationMetadataException($"Give the secret as a SecureString or as text, not as {value.GetType().Name}.");
        }
    }
}
