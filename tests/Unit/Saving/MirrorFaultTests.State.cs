using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace NsgFlow.Unit.Saving;

// What stands in the folder was changed, cut, or cannot be read.
public sealed partial class MirrorFaultTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_that_was_changed_or_cut_is_replaced(bool gzip)
    {
        _folder.Gzip = gzip;
        var blob = _store.Add(s_name, "1111", "2222");
        var path = _folder.SaveOne(_store).Path;

        // Same length, another time: only the bytes tell.
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        var changed = _folder.SaveOne(_store);
        Assert.Equal((SavedFlowBlobStatus.Rewritten, "the copy was changed or damaged"), (changed.Status, changed.Reason));
        Assert.Equal(blob.Content, _folder.Text(s_name));

        // Same length and time, but something is to be added to it.
        bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
        blob.Append("3");
        Assert.Equal("the copy was changed or damaged", _folder.SaveOne(_store).Reason);
        Assert.Equal(blob.Content, _folder.Text(s_name));

        File.WriteAllBytes(path, File.ReadAllBytes(path).Take(5).ToArray());
        Assert.Contains("another length", _folder.SaveOne(_store).Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content, _folder.Text(s_name));

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        var requests = _store.Requests;
        Assert.Equal(SavedFlowBlobStatus.Unchanged, _folder.SaveOne(_store).Status);
        Assert.Equal(requests, _store.Requests);

        File.Delete(path);
        Assert.Equal(SavedFlowBlobStatus.New, _folder.SaveOne(_store).Status);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"blocks\":[[1]],\"parts\":[]}")]
    [InlineData("{\"version\":1,\"blocks\":[],\"parts\":[[1,2,\"x\"]]}")]
    public void A_state_that_cannot_be_read_is_never_taken_for_one(string text)
    {
        var blob = _store.Add(s_name, "1");
        var path = _folder.SaveOne(_store).Path;
        blob.Append("2");
        File.WriteAllText(path + ".blocks", text);

        var saved = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Rewritten, saved.Status);
        Assert.Contains("cannot be read", saved.Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content, _folder.Text(s_name));
        Assert.Equal(SavedFlowBlobStatus.Unchanged, _folder.SaveOne(_store).Status);
    }

    [Theory]
    [InlineData("written", "-1")]
    [InlineData("written", "9223372036854775807")]
    [InlineData("container", "null")]
    [InlineData("blob", "null")]
    [InlineData("etag", "null")]
    [InlineData("blocks", "[[\"A\",9223372036854775807],[\"Z\",9223372036854775807]]")]
    [InlineData("parts", "[[1,9223372036854775807,\"00\"],[2,9223372036854775807,\"00\"]]")]
    [InlineData("parts", "[[2147483647,1,\"00\"],[2147483647,2,\"00\"]]")]
    [InlineData("parts", "[[-1,1,\"00\"],[4,2,\"00\"]]")]
    public void Numbers_and_names_that_cannot_be_cost_one_blob_and_not_the_run(string field, string value)
    {
        var blob = _store.Add(s_name, "1");
        _store.Add(ModelStore.Name(2), "2");
        var path = _folder.Save(_store)[0].Saved!.Path + ".blocks";
        var state = JsonNode.Parse(File.ReadAllText(path))!;
        state[field] = JsonNode.Parse(value);
        File.WriteAllText(path, state.ToJsonString());

        var saved = _folder.Save(_store).Select(static result => result.Saved!).ToList();
        Assert.Equal([SavedFlowBlobStatus.Rewritten, SavedFlowBlobStatus.Unchanged], saved.Select(static s => s.Status));
        Assert.Contains("cannot be read", saved[0].Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_value_of_a_state_can_end_a_run_or_spoil_a_copy(bool gzip)
    {
        _folder.Gzip = gzip;
        var blob = _store.Add(s_name, "1", "2");
        var path = _folder.SaveOne(_store).Path + ".blocks";
        var places = Places(JsonNode.Parse(File.ReadAllText(path))!).Count;
        Assert.InRange(places, 25, 50);
        foreach (var value in new[] { "null", "-1", "9223372036854775807", "\"\"", "\"x\"" })
        {
            for (var at = 0; at < places; at++)
            {
                // Once nothing is to be added to the copy, once something is.
                foreach (var grows in new[] { false, true })
                {
                    blob.Write("1", "2");
                    _folder.SaveOne(_store);
                    var state = JsonNode.Parse(File.ReadAllText(path))!;
                    var (parent, key) = Places(state)[at];
                    Set(parent, key, JsonNode.Parse(value));
                    File.WriteAllText(path, state.ToJsonString());
                    if (grows)
                    {
                        blob.Append("3");
                    }

                    var result = _folder.Save(_store).Single();
                    if (key is "account" or "container" or "blob" && value is "\"x\"" or "null" && result.Failure is not null)
                    {
                        // Another blob's, or a file's: it is not taken from it.
                        Assert.Equal("BlobNameCollides", Failure(result));
                        File.Delete(path);
                        result = _folder.Save(_store).Single();
                    }

                    Assert.True(result.Saved is not null, $"{key} = {value}: {result.Failure}");
                    Assert.Equal(blob.Content, _folder.Text(s_name));
                }
            }
        }
    }

    private static List<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject map => [.. map.SelectMany(pair => Under(map, pair.Key, pair.Value))],
        JsonArray list => [.. list.SelectMany((item, index) => Under(list, index, item))],
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Under(JsonNode parent, object key, JsonNode? value) =>
        [(parent, key), .. value is null ? [] : Places(value)];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int index)
        {
            parent.AsArray()[index] = value;
        }
        else
        {
            parent.AsObject()[(string)key] = value;
        }
    }
}
