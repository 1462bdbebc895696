using System.Buffers.Binary;
using System.IO.Hashing;
using CsCheck;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>What MODEL-IMAGE.md says of the packed section; its bytes are those of the page's example (<see cref="WorkedExampleTests"/>).</summary>
public sealed class PackedSectionTests
{
    [Fact]
    public void An_image_is_the_same_without_it() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            byte[] image = ImageWriter.Write(RandomGraph.Create(seed));
            byte[] packed = PackedSection.Append(image);
            var (before, after) = (ImageReader.Read(image), ImageReader.Read(packed));

            Assert.Equal(0, before.PackedBytes);
            Assert.Equal(packed.Length - image.Length, after.PackedBytes);
            Assert.Equal(PackedSection.BytesOf(before.Graph), after.PackedBytes);
            Assert.Equal(packed, PackedSection.Append(packed));
            Assert.Equal(image, PackedSection.Remove(packed));
            Assert.Equal(image, PackedSection.Remove(image));
        },
        iter: 100);

    [Fact]
    public void Readers_that_know_nothing_of_it_read_the_rest()
    {
        byte[] image = ImageWriter.Write(SampleModel.Create());
        byte[] packed = PackedSection.Append(image);

        Assert.Equal(image[16..], packed[16..image.Length]);
        Assert.Equal(packed.Length, BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(8)));
        Assert.Equal(Crc32.HashToUInt32(packed.AsSpan(16)), BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(12)));
    }

    [Fact]
    public void Heads_of_an_odd_number_of_columns_have_no_pairs()
    {
        var graph = BenchmarkModels.HarTiny.Graph;
        var odd = graph with
        {
            Operators = [.. graph.Operators.Select(step => step is Attention attention ? attention with { HeadColumns = 1 } : step)],
        };
        long difference = graph.Operators.OfType<Attention>().Sum(attention => attention.Weights.Rows / 2 * (32L + 4 * attention.Weights.Columns));

        Assert.Equal(PackedSection.BytesOf(graph) - difference, PackedSection.BytesOf(odd));
    }
}
