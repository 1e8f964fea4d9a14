using System;
using NsgFlow.Azure.Storage;

namespace NsgFlow.Azure.Errors;

/// <summary>The many reasons behind one HTTP 403.</summary>
internal static class AccessDenied
{
    /// <summary>Why, and what to do.</summary>
    public static (string Why, string Action) Explain(string? code, string account, string container, StorageCredential credential, StorageRights rights, DateTime now)
    {
        var isSas = credential.Kind == StorageCredentialKind.Sas;
        if (isSas && credential.SasExpiry() is { } expiry && expiry.UtcDateTime <= now)
        {
            // Whatever code the service has for it.
            return ($"the SAS expired at {expiry.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", "Make a new SAS.");
        }

        switch (code)
        {
            case "AuthorizationPermissionMismatch" when isSas:
            case not null when credential.IsSasTooWeak(rights):
            case "AuthorizationResourceTypeMismatch" or "AuthorizationServiceMismatch":
                return ("the SAS does not permit this",
                    $"Make a SAS for the blob service with the permissions {rights.Sas}.");
            case "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions":
                return ("the identity that signed in has no data role",
                    $"It needs *{rights.Role}* on storage account '{account}' or its container '{container}' (Owner and Contributor do not "
                    + "include it); a new role assignment takes up to ten minutes.");
            case "AuthorizationFailure":
                return ("the account's firewall does not let this machine in, or the request is not permitted at all",
                    $"Add this machine's address or virtual network to the networking rules of '{account}', or run where its private endpoint is "
                    + "reached. For the flow logs themselves 'allow trusted Microsoft services' must be on.");
            case "AuthorizationSourceIPMismatch":
                return ("the SAS is not valid from this address", "Make a SAS without that address range, or run from inside it.");
            case "AuthorizationProtocolMismatch":
                return ("the SAS is valid over https only", "Use the https URL of the account.");
            case "KeyBasedAuthenticationNotPermitted":
                return ("the account permits no keys and no SAS signed with them",
                    $"Sign in with Entra instead; the identity needs *{rights.Role}* on '{account}'.");
            case "AccountIsDisabled":
                return ("the account is disabled", "Check the subscription's state and billing.");
            case "AuthenticationFailed" when isSas:
                return ("the SAS is not valid: its signature is wrong, it was revoked, or it has not begun",
                    "Copy the SAS again, whole; if the account's key was rotated, make a new one. Check this machine's clock.");
            case "AuthenticationFailed":
                return ($"the {credential} is wrong",
                    "Copy the key again: it may have been rotated. Check this machine's clock, too.");
            default:
                return ("the service did not say why", $"Check roles, keys and the firewall of '{account}'.");
        }
    }
}
