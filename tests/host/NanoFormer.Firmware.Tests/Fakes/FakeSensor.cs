using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>
/// Answers on the bus as far as the firmware's tests need: identity, interrupt flags, a FIFO that fills with the clock, and
/// faults at given times. Writes are kept with their times. Register numbers are written out, not taken from the driver.
/// </summary>
internal sealed class FakeSensor(FakeClock clock) : IRegisterBus
{
    private readonly Queue<byte> _fifo = new();
    private readonly byte[] _kept = new byte[0x80];
    private long _nextSample;

    public int Address => 0x68;

    /// <summary>True time between samples in microseconds.</summary>
    public double PeriodMicroseconds { get; set; } = 10_000;

    /// <summary>Six values at a time in microseconds.</summary>
    public Func<long, short[]> Signal { get; set; } = _ => [0, 0, 8192, 0, 0, 0];

    public byte Identity { get; set; } = 0x68;

    /// <summary>Times between which nothing answers.</summary>
    public List<(long From, long To)> Unplugged { get; } = [];

    /// <summary>Times between which nothing answers, without the chip losing its power.</summary>
    public List<(long From, long To)> BusFaults { get; } = [];

    /// <summary>Number of data bursts to acknowledge before one fails; -1 for never.</summary>
    public int BurstsToFail { get; set; } = -1;

    /// <summary>How many bursts fail then.</summary>
    public int FailedBursts { get; set; } = 1;

    /// <summary>How they fail.</summary>
    public BusResult BurstFailure { get; set; } = BusResult.NoAcknowledge;

    /// <summary>Bytes that a failing burst takes out of the FIFO all the same.</summary>
    public int BytesLostInFailure { get; set; }

    /// <summary>Registers that keep what is written to them.</summary>
    public byte[] Scratch { get; } = new byte[0x80];

    public bool MotionFlag { get; set; }

    public bool OverflowFlag { get; set; }

    /// <summary>Bytes to lose from the front of the FIFO, once.</summary>
    public int DropBytes { get; set; }

    public List<(int Register, int Value)> Writes { get; } = [];

    public List<long> WriteTimes { get; } = [];

    private bool Powered { get; set; }

    private bool Filling { get; set; }

    public BusResult Write(int register, int value)
    {
        if (!Answers())
        {
            return BusResult.NoAcknowledge;
        }

        Fill();
        Writes.Add((register, value));
        WriteTimes.Add(clock.Microseconds);
        _kept[register] = (byte)value;
        switch (register)
        {
            case 0x6B when (value & 0x80) != 0:
                Lose();
                break;
            case 0x6B:
                Powered = (value & 0x40) == 0;
                break;
            case >= 0x25 and <= 0x33 or >= 0x63 and <= 0x66:
                Scratch[register] = (byte)value;
                break;
            case 0x6A when (value & 0x04) != 0:
                _fifo.Clear();
                break;
            case 0x23:
                Filling = value == 0x78;
                _nextSample = (long)(clock.Microseconds + PeriodMicroseconds);
                break;
        }

        return BusResult.Ok;
    }

    public BusResult Read(int register, byte[] buffer)
    {
        clock.Advance(25 * (buffer.Length + 3)); // 400 kHz
        if (!Answers())
        {
            return BusResult.NoAcknowledge;
        }

        Fill();
        if (register == 0x74 && BurstFails())
        {
            return BurstFailure;
        }

        switch (register)
        {
            case 0x75:
                buffer[0] = Identity;
                break;
            case 0x3A:
                buffer[0] = (byte)((MotionFlag ? 0x40 : 0) | (OverflowFlag ? 0x10 : 0));
                MotionFlag = false;
                OverflowFlag = false;
                break;
            case 0x41:
                (buffer[0], buffer[1]) = (0xF0, 0x60); // -4000 / 340 + 36.53 = 24.77
                break;
            case 0x72:
                (buffer[0], buffer[1]) = ((byte)(_fifo.Count >> 8), (byte)_fifo.Count);
                break;
            case 0x74:
                for (int i = 0; i < buffer.Length; i++)
                {
                    buffer[i] = _fifo.Dequeue();
                }

                break;
            case >= 0x25 and <= 0x33 or >= 0x63 and <= 0x66:
                Scratch.AsSpan(register, buffer.Length).CopyTo(buffer);
                break;
            case 0x1F or 0x38 or 0x6B:
                buffer[0] = _kept[register];
                break;
            default:
                Assert.Fail($"read of register 0x{register:X2}");
                break;
        }

        return BusResult.Ok;
    }

    private bool BurstFails()
    {
        if (BurstsToFail < 0 || BurstsToFail-- > 0)
        {
            return false;
        }

        BurstsToFail = --FailedBursts > 0 ? 0 : -1;
        for (int i = 0; i < BytesLostInFailure && _fifo.Count > 0; i++)
        {
            _fifo.Dequeue();
        }

        return true;
    }

    private bool Answers()
    {
        long now = clock.Microseconds;
        if (Unplugged.Any(u => u.From <= now && now < u.To))
        {
            Lose();
            return false;
        }

        return !BusFaults.Any(f => f.From <= now && now < f.To);
    }

    private void Lose()
    {
        Powered = false;
        Filling = false;
        _fifo.Clear();
        Array.Clear(Scratch);
        Array.Clear(_kept);
        _kept[0x6B] = 0x40;
    }

    private void Fill()
    {
        while (Powered && Filling && _nextSample <= clock.Microseconds)
        {
            foreach (short value in Signal(_nextSample))
            {
                _fifo.Enqueue((byte)(value >> 8));
                _fifo.Enqueue((byte)value);
            }

            while (_fifo.Count > 1024)
            {
                _fifo.Dequeue();
                OverflowFlag = true;
            }

            _nextSample = (long)(_nextSample + PeriodMicroseconds);
        }

        for (; DropBytes > 0 && _fifo.Count > 0; DropBytes--)
        {
            _fifo.Dequeue();
        }
    }
}
