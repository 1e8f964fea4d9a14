using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace NsgFlow.Soak.Writing;

/// <summary>A blob written as Azure does: an opening and a closing block, and for each minute one more before the closing one.</summary>
internal sealed class AzuriteBlob(BlockBlobClient blob) : IGrowingBlob
{
    private readonly List<string> _ids = [];

    public void Append(IReadOnlyList<byte[]> entries)
    {
        if (_ids.Count == 0)
        {
            _ids.AddRange([Id("A" + new string('0', 32)), Id("Z" + new string('0', 32))]);
            Stage(_ids[0], GrowingText.Opening);
            Stage(_ids[1], GrowingText.Closing);
        }

        foreach (var entry in entries)
        {
            var number = _ids.Count - 1;
            var id = Id(number.ToString("D33", CultureInfo.InvariantCulture));
            Stage(id, number == 1 ? entry : [(byte)',', .. entry]);
            _ids.Insert(number, id);
        }

        blob.CommitBlockList(_ids);
    }

    private static string Id(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private void Stage(string id, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        blob.StageBlock(id, content);
    }
}
