using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The way of the samples: FIFO burst, bias removed, resampled to the model's rate and scale, windowed.</summary>
    public sealed class CapturePipeline
    {
        private readonly SampleClock _clock;
        private readonly GyroBias _bias;
        private readonly Resampler _resampler;
        private readonly SampleWindow _window;
        private readonly long _modelPeriodNanoseconds;
        private int _count;
        private int _next;
        private long _burstMicroseconds;

        /// <summary>Sets the way up for a model and a sensor rate in hertz.</summary>
        public CapturePipeline(ModelInfo model, ChannelMap map, int sensorRateHertz)
        {
            _clock = new SampleClock(1000000000 / sensorRateHertz);
            _bias = new GyroBias(sensorRateHertz);
            _resampler = new Resampler(map.Sources, map.Factors);
            _window = new SampleWindow(model.WindowSamples, model.HopSamples, model.ChannelCount);
            Sample = new short[model.ChannelCount];
            _modelPeriodNanoseconds = 1000000000000L / model.RateMillihertz;
            Burst = new short[Mpu6050.FifoSamples * Mpu6050.ChannelCount];
        }

        /// <summary>Where the sensor's samples are read to, [n][6].</summary>
        public short[] Burst { get; }

        /// <summary>The newest sample, [channels] in raw model steps.</summary>
        public short[] Sample { get; }

        /// <summary>Whether the newest sample filled the window; then <see cref="Advance"/> must come before the next.</summary>
        public bool IsWindowFull
        {
            get { return _window.IsFull; }
        }

        /// <summary>The window, [windowSamples][channels] in raw model steps.</summary>
        public short[] Window
        {
            get { return _window.Samples; }
        }

        /// <summary>The sensor's true period as learnt so far.</summary>
        public int PeriodNanoseconds
        {
            get { return _clock.PeriodNanoseconds; }
        }

        /// <summary>Bias of each rotation axis in sensor steps, [3]; setting it starts from one known from before.</summary>
        public int[] Bias
        {
            get { return new int[] { _bias.Bias(0), _bias.Bias(1), _bias.Bias(2) }; }
            set { _bias.Restore(value); }
        }

        /// <summary>Clock time of the full window's first sample, to within one sensor sample.</summary>
        public long WindowStartMicroseconds
        {
            get
            {
                // The newest sample of a burst was taken, on average, half a period before it was counted.
                long sinceLast = ((2L * (_count - _next)) + 1) * _clock.PeriodNanoseconds / 2;
                long length = (Window.Length / Sample.Length - 1) * _modelPeriodNanoseconds;
                return _burstMicroseconds - ((sinceLast + length) / 1000);
            }
        }

        /// <summary>Starts anew with an empty FIFO: no window spans the time before and after. The bias survives.</summary>
        public void Restart(long microseconds)
        {
            _clock.Restart(microseconds);
            _resampler.Restart();
            _window.Restart();
            _bias.EndStretch(false);
            _count = 0;
            _next = 0;
        }

        /// <summary>Takes the samples in <see cref="Burst"/> up; they were counted at this time.</summary>
        public void Load(int count, long microseconds)
        {
            _count = count;
            _next = 0;
            _burstMicroseconds = microseconds;
            _clock.Observe(count, microseconds);
            _resampler.SetPeriods(_clock.PeriodNanoseconds, _modelPeriodNanoseconds);
        }

        /// <summary>Brings the next <see cref="Sample"/> into the window; false when the burst is used up.</summary>
        public bool NextSample()
        {
            while (!_resampler.TryPull(Sample))
            {
                if (_next == _count)
                {
                    return false;
                }

                int offset = _next * Mpu6050.ChannelCount;
                _bias.Remove(Burst, offset);
                _resampler.Push(Burst, offset);
                _next++;
            }

            _window.Add(Sample);
            return true;
        }

        /// <summary>Moves the full window on by one hop; a still window's mean rotation becomes the bias.</summary>
        public void Advance(bool still)
        {
            _bias.EndStretch(still);
            _window.Advance();
        }
    }
}
