namespace NanoFormer.Data.Preparation;

/// <summary>Consecutive samples of one label, from Begin up to, not including, End.</summary>
internal readonly record struct LabelRun(int Begin, int End, int Label)
{
    /// <summary>The runs of equal labels, in order.</summary>
    public static IEnumerable<LabelRun> Of(int[] labels)
    {
        int begin = 0;
        for (int i = 1; i <= labels.Length; i++)
        {
            if (i == labels.Length || labels[i] != labels[begin])
            {
                yield return new LabelRun(begin, i, labels[begin]);
                begin = i;
            }
        }
    }
}
