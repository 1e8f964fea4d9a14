using System;
using System.Management.Automation;
using System.Security;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A secret that is there: a variable that was never filled is the usual slip.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateSecretAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not SecureString { Length: > 0 })
            throw new ValidationMetadataException("The secret is empty.");
    }
}
