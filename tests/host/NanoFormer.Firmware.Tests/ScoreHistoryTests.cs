using CsCheck;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class ScoreHistoryTests
{
    private const uint Model = 0x95dd8bd0;

    // A heavy tail, as scores have.
    private static readonly Gen<int[]> Recorded =
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 30], (part, floor) => Math.Min(floor + (int)(3 / Math.Max(part, 0.005)), 255)).Array[0, 3000];

    [Fact]
    public void Rarity_and_limit_are_those_of_the_sorted_scores() =>
        Gen.Select(Recorded, Gen.Int[1, 1200], Gen.Int[0, 255]).Sample((scores, n, score) =>
        {
            var history = Of(scores);

            Assert.Equal((scores.Length + 1) / (1 + AtLeast(scores, score)), history.RarityOf(score));
            Assert.Equal(
                Enumerable.Range(0, 257).First(limit => limit == 256 || (1 + AtLeast(scores, limit)) * n <= scores.Length + 1),
                history.LimitFor(n));
        }, iter: 200);

    [Theory]
    [InlineData(98, 256)] // none of 98 is not yet 1 in 100
    [InlineData(99, 11)]
    public void A_limit_counts_the_score_that_is_judged_too(int scores, int limit) =>
        Assert.Equal(limit, Of([.. Enumerable.Repeat(10, scores)]).LimitFor(100));

    [Fact]
    public void Halving_keeps_the_tail_right_to_within_one()
    {
        var random = new Random(3);
        int[] scores = [.. Enumerable.Range(0, ScoreHistory.Most).Select(_ => Math.Min(255, (int)(10 * Math.Log(1 / (1 - random.NextDouble())))))];
        var full = Of(scores);
        int[] limits = [.. new[] { 10, 100, 1000, 10_000 }.Select(full.LimitFor)];

        full.Add(0);

        Assert.Equal((ScoreHistory.Most + 1) / 2 + 1, full.Count);
        Assert.Equal(limits[..3], new[] { 10, 100, 1000 }.Select(full.LimitFor));
        Assert.All(Enumerable.Range(0, 256), score =>
            Assert.InRange(full.Count + 1, full.RarityOf(score) * (0.5 + (AtLeast(scores, score) / 2)), (full.RarityOf(score) + 1) * (2.5 + (AtLeast(scores, score) / 2.0))));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var history = Of([.. Enumerable.Range(0, 5000).Select(i => i * i % 251)]);
        byte[] bytes = new byte[ScoreHistory.Bytes];
        history.Write(bytes, Model);
        var again = new ScoreHistory();

        Assert.Null(again.Read(bytes, Model));
        Assert.Equal(history.Count, again.Count);
        Assert.All(Enumerable.Range(0, 256), score => Assert.Equal(history.RarityOf(score), again.RarityOf(score)));
        Assert.Equal("another_model", again.Read(bytes, Model + 1));
    }

    [Fact]
    public void Damaged_bytes_are_named_and_change_nothing()
    {
        byte[] bytes = new byte[ScoreHistory.Bytes];
        Of([1, 2, 3]).Write(bytes, Model);
        var history = Of([7, 7, 9]);

        Assert.All(Enumerable.Range(0, bytes.Length), i =>
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            Assert.Equal("damaged", history.Read(damaged, Model));
        });
        Assert.Equal("damaged", history.Read(bytes[..^1], Model));
        Assert.Equal("damaged", history.Read([], Model));
        Assert.Equal(3, history.Count);
        Assert.Equal(2, history.RarityOf(9));
    }

    [Fact]
    public void What_a_checksum_is_right_for_can_be_no_history_all_the_same()
    {
        byte[] written = new byte[ScoreHistory.Bytes];
        Of([1, 2, 3]).Write(written, Model);
        var history = new ScoreHistory();

        Assert.Null(history.Read(Changed(bytes => bytes[10] = 4), Model));
        Assert.Equal("damaged", history.Read(Changed(bytes => bytes[0]++), Model));
        Assert.Equal("damaged", history.Read(Changed(bytes => bytes.AsSpan(5, 4).Fill(0xFF)), Model)); // twice as many as there can be

        byte[] Changed(Action<byte[]> change)
        {
            byte[] bytes = [.. written];
            change(bytes);
            int crc = bytes[..^2].Aggregate(Crc16.Start, (sum, value) => Crc16.Add(sum, (char)value));
            (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
            return bytes;
        }
    }

    private static int AtLeast(int[] scores, int least) => scores.Count(score => score >= least);

    private static ScoreHistory Of(int[] scores)
    {
        var history = new ScoreHistory();
        foreach (int score in scores)
        {
            history.Add(score);
        }

        return history;
    }
}
