using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

public sealed class LabelRuleTests
{
    private const int LabelsOffset = 56; // MODEL-IMAGE.md
    private const int LabelBytes = 24;
    private const int ChecksumOffset = 12;
    private const int ChecksumStart = 16;

    [Theory]
    [InlineData("still", "walk", "run")]
    [InlineData("A B", "AB", "a b")]
    [InlineData("UNKNOWN", "A*", "B=C")]
    public void Labels_that_the_log_tells_apart_are_taken(params string[] labels)
    {
        Assert.Null(LabelRule.Fault(labels));
        Assert.Equal(labels, ImageReader.Read(ImageWriter.Write(Labelled(labels))).Graph.Labels);
    }

    [Theory]
    [InlineData("'A B' and 'A_B'", "A B", "C", "A_B")]
    [InlineData("'A_B' and 'A=B'", "A_B", "A=B", "C")]
    [InlineData("'A B' and 'A=B' and 'A*B'", "A B", "A=B", "A*B")]
    [InlineData("'C' and 'C'", "A", "C", "C")]
    [InlineData("'unknown' cannot be a label", "A", "unknown", "B")]
    [InlineData("'*' cannot be a label", "*", "A", "B")]
    [InlineData("a label is empty", "A", "", "B")]
    public void Others_are_refused_with_the_remedy_when_they_are_packed(string fault, params string[] labels)
    {
        var refused = Assert.Throws<ModelImageException>(() => ImageWriter.Write(Labelled(labels)));

        Assert.Equal(ModelImageError.BadHeader, refused.Error);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--rename", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A|B|a b", "A|B|a b")]
    [InlineData("walk|unknown", "walk|other")]
    [InlineData("unknown|other|*", "other_2|other|class")]
    [InlineData("A B|A_B|A=B|A_B_2", "A B|A_B_3|A=B_4|A_B_2")]
    [InlineData("|*", "class|class_2")]
    [InlineData("grün|走|跑", "gr_n|class|class_2")]
    [InlineData("walking up the stairs, slowly|walking up the stairs, fast", "walking up the stair|walking up the stair_2")]
    public void Mended_labels_are_taken_and_differ_only_where_they_must(string labels, string mended)
    {
        string[] result = [.. LabelRule.Mended(labels.Split('|'))];

        Assert.Equal(mended.Split('|'), result);
        Assert.Null(LabelRule.Fault(result));
        Assert.Equal(result[..Math.Min(3, result.Length)], ImageReader.Read(ImageWriter.Write(Labelled([.. result.Concat(["x", "y"]).Take(3)]))).Graph.Labels.Take(result.Length));
    }

    [Fact]
    public void An_image_of_an_older_version_is_read()
    {
        byte[] image = ImageWriter.Write(Labelled(["A B", "C D", "E"]));
        int labels = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(LabelsOffset));
        image.AsSpan(labels + LabelBytes, 2 * LabelBytes).Clear();
        Encoding.ASCII.GetBytes("A_B", image.AsSpan(labels + LabelBytes));
        Encoding.ASCII.GetBytes("unknown", image.AsSpan(labels + (2 * LabelBytes)));
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ChecksumOffset), Crc32.HashToUInt32(image.AsSpan(ChecksumStart)));

        Assert.Equal(["A B", "A_B", "unknown"], ImageReader.Read(image).Graph.Labels);
    }

    private static Graph Labelled(string[] labels) => SampleModel.Create() with { Labels = labels };
}
