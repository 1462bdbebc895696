using CsCheck;
using NanoFormer.Data.Import;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Import;

/// <summary>The ways of an import that hold only a part of the samples at a time, against all of them at once.</summary>
public sealed class SampleSpoolTests
{
    [Fact]
    public void Samples_come_back_from_memory_and_from_the_file()
    {
        using var spool = new SampleSpool();
        var all = new List<(SpooledSamples Spooled, SourceSample[] Samples)>();
        foreach (var (width, count) in new[] { (1, 3), (6, 200_000), (40, 1), (3, 20_000) }) // the second outgrows the memory
        {
            var random = new Random(width);
            SourceSample[] samples = [.. Enumerable.Range(0, count).Select(i => new SourceSample(
                i, i * 0.01, [.. Enumerable.Range(0, width).Select(_ => random.NextDouble())], $"L{i / 1000 % 3}", i % 777 == 0))];
            var spooled = spool.Begin(width);
            foreach (var sample in samples)
            {
                spooled.Add(sample);
            }

            all.Add((spooled, samples));
        }

        foreach (var (spooled, samples) in all.Concat(all))
        {
            Assert.Equal(samples.Length, spooled.Count);
            Assert.All(spooled.Zip(samples), pair => Assert.True(
                pair.First with { Values = pair.Second.Values } == pair.Second && pair.First.Values.SequenceEqual(pair.Second.Values)));
        }
    }

    [Fact]
    public void Lines_come_as_a_string_reader_gives_them()
    {
        Gen.Select(Gen.Char["ab,\n\r"].Array[0, 60], Gen.Int[1, 7]).Sample((characters, chunk) =>
        {
            string text = new string(characters);
            var reader = new LineReader(new ChunkedReader(text, chunk));
            var expected = new StringReader(text);
            while (expected.ReadLine() is { } line)
            {
                Assert.True(reader.TryRead(out var read));
                Assert.Equal(line, read.ToString());
            }

            Assert.False(reader.TryRead(out _));
        });
    }

    [Fact]
    public void A_row_is_parted_as_the_standard_says()
    {
        Assert.Equal(["a", "", "b c", "d,\"e"], CsvFields.NamesOf(" a ,, b c ,\"d,\"\"e\"", ','));
        Assert.Equal(["1", "2", "3"], CsvFields.NamesOf("1,2,3;", ','));
        Assert.Equal(["1", "2", ""], CsvFields.NamesOf("1;2;", ';'));
        Assert.Equal(["1", "2", "3"], CsvFields.NamesOf("  1   2\t3 ", ' '));
        Assert.Equal("stray quotes", new CsvFields(',').Split("1,\"2\"x,3"));
        Assert.Equal("stray quotes", new CsvFields(',').Split("1,2\"x,3"));
        Assert.Equal("a quote opens and does not close in the line", new CsvFields(',').Split("1,\"2,3"));
    }

    [Fact]
    public void Streamed_resampling_equals_that_of_the_whole_signal()
    {
        Gen.Select(Gen.Int[1, 400], Gen.Double[0.3, 3], Gen.Int).Sample((count, ratio, seed) =>
        {
            var random = new Random(seed);
            double[] signal = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
            var samples = signal.Select((value, i) => new SourceSample(i, 0, [value], ""));

            double[] streamed = [.. Resampling.Run(samples, count, 50, 50 * ratio).Select(sample => sample.Values[0])];

            Assert.Equal(Resampling.Run(signal, 50, 50 * ratio), streamed, (a, b) => Math.Abs(a - b) < 1e-12);
        }, iter: 100);
    }

    /// <summary>Gives a few characters at a time, as a file may.</summary>
    private sealed class ChunkedReader(string text, int chunk) : TextReader
    {
        private int _place;

        public override int Read(char[] buffer, int index, int count)
        {
            int length = Math.Min(Math.Min(count, chunk), text.Length - _place);
            text.CopyTo(_place, buffer, index, length);
            _place += length;
            return length;
        }
    }
}
