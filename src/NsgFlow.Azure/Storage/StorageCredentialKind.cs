namespace NsgFlow.Azure.Storage;

/// <summary>What a storage account is opened with.</summary>
public enum StorageCredentialKind
{
    /// <summary>An Entra sign-in.</summary>
    SignIn,

    /// <summary>A shared access signature.</summary>
    Sas,

    /// <summary>An account key.</summary>
    Key,

    /// <summary>A connection string.</summary>
    ConnectionString,

    /// <summary>An Entra token that the caller gave.</summary>
    AccessToken,
}
