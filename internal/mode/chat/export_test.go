package chat

// ParseSlack is what a webhook does with its payload.
var ParseSlack = parseSlack
