namespace NanoFormer.Board;

/// <summary>Two chips at one address: both are written, and of what both send the bus shows the ones that neither pulls low.</summary>
internal sealed class SharedChips(II2cChip first, II2cChip second) : II2cChip
{
    public bool IsPresent => first.IsPresent || second.IsPresent;

    public void Start(bool forReading) => Each(chip => chip.Start(forReading));

    public void Write(byte value) => Each(chip => chip.Write(value));

    public byte Read()
    {
        byte value = 0xFF;
        Each(chip => value &= chip.Read());
        return value;
    }

    public void Stop() => Each(chip => chip.Stop());

    private void Each(Action<II2cChip> action)
    {
        foreach (var chip in new[] { first, second })
        {
            if (chip.IsPresent)
            {
                action(chip);
            }
        }
    }
}
