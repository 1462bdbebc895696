namespace NanoFormer.Corpus;

/// <summary>Damaged images as corpus records: an image, then the words that differ from it in each of its damaged copies.</summary>
internal static class DamageCorpus
{
    public static IReadOnlyCollection<CorpusRecord> Records()
    {
        var records = new List<CorpusRecord>();
        byte[]? source = null;
        foreach (var image in BrokenRules.All().Concat(BrokenStepRules.All()).Concat(BrokenPacked.All()).Concat(Limits.All()).Concat(ChangedFields.All()))
        {
            if (image.Source != source)
            {
                source = image.Source;
                records.Add(new CorpusRecord("image", new PayloadWriter().Array<byte>(source).ToArray()));
            }

            int[] words = [.. Differences(source, image.Bytes)];
            records.Add(new CorpusRecord("damage",
                new PayloadWriter().Array<int>([(int)(image.Expected ?? 0), words.Length / 2, 0, 0]).Array<int>(words).ToArray()));
        }

        return records;
    }

    /// <summary>Offset and new value of each word that differs.</summary>
    private static IEnumerable<int> Differences(byte[] source, byte[] changed) =>
        from offset in Enumerable.Range(0, source.Length / sizeof(int)).Select(word => word * sizeof(int))
        let value = BitConverter.ToInt32(changed, offset)
        where value != BitConverter.ToInt32(source, offset)
        from number in new[] { offset, value }
        select number;
}
